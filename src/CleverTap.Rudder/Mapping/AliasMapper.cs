using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>alias: the user id becomes one more identity of the profile that has the previous id.</summary>
internal sealed class AliasMapper : BuiltInMapper, ICallMapper<AliasEvent>
{
    private static readonly FieldName Identity = "identity";

    TransformResult ICallMapper<AliasEvent>.Map(AliasEvent rudderEvent, MappingOptions options) => MapEvent(rudderEvent, options);

    public override EventError? Map(in ParsedEvent e, MappingContext run)
    {
        if (run.Options.RequireIds)
        {
            if (!e.UserId.IsPresent)
            {
                return MissingId("userId");
            }

            if (!e.PreviousId.IsPresent)
            {
                return MissingId("previousId");
            }
        }

        if (!e.UserId.IsMissing)
        {
            run.Target.Set(Identity, e.UserId.IsNullOrMissing ? e.UserId : JsonSlice.FromText(e.UserId.ToText()));
        }

        RecordIdentity user = e.PreviousId.IsMissing ? RecordIdentity.None : RecordIdentity.FromIdentity(e.PreviousId);
        JsonSlice ts = Timestamps.OfProfile(e, e.Traits.Member("ts"u8), e.Context.Member("traits"u8).Member("ts"u8), run);
        run.Records.WriteProfile(user, ts, run.Target, withNulls: true);
        return null;
    }

    private static EventError MissingId(string field) =>
        new(
            EventErrorCode.IdMissing,
            field,
            $"{field} is missing: an alias needs the new and the previous id; send userId and previousId",
            "text or a number"
        );
}
