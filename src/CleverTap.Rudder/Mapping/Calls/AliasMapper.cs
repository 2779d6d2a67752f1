using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>Maps an alias call: the user id becomes another identity of the profile that has the previous id.</summary>
internal sealed class AliasMapper : BuiltInMapper, ICallMapper<AliasEvent>
{
    TransformResult ICallMapper<AliasEvent>.Map(AliasEvent rudderEvent, MappingOptions options) => MapEvent(rudderEvent, options);

    public override EventError? Map(in ParsedEvent parsed, MappingContext context)
    {
        if (context.Options.RequireIds && FindMissingId(parsed) is { } error)
        {
            return error;
        }

        if (!parsed.UserId.IsMissing)
        {
            context.Profile.Set(
                TraitMap.Identity,
                parsed.UserId.IsNullOrMissing ? parsed.UserId : JsonSlice.FromText(parsed.UserId.ToText())
            );
        }

        RecordIdentity user = parsed.PreviousId.IsMissing ? RecordIdentity.None : RecordIdentity.FromIdentity(parsed.PreviousId);
        JsonSlice traitsTs = parsed.Traits.Member("ts"u8);
        JsonSlice contextTs = parsed.Context.Member("traits"u8).Member("ts"u8);
        JsonSlice ts = Timestamps.ResolveForProfile(parsed, traitsTs, contextTs, context);
        context.Records.WriteProfile(user, ts, context.Profile, withNulls: true);
        return null;
    }

    private static EventError? FindMissingId(in ParsedEvent parsed)
    {
        if (!parsed.UserId.IsPresent)
        {
            return CreateMissingIdError("userId");
        }

        return parsed.PreviousId.IsPresent ? null : CreateMissingIdError("previousId");
    }

    private static EventError CreateMissingIdError(string field) =>
        new(
            EventErrorCode.IdMissing,
            field,
            $"{field} is missing: an alias needs the new and the previous id; send userId and previousId",
            "text or a number"
        );
}
