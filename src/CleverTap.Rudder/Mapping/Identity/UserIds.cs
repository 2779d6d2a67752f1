using System.Text.Json;
using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>Holds the ids of an event, from the members in which the guide and the SDKs put them.</summary>
/// <param name="User">The first present of userId, traits.userId, traits.id, context.traits.userId and context.traits.id.</param>
/// <param name="Anonymous">The anonymousId.</param>
internal readonly record struct UserIds(JsonSlice User, JsonSlice Anonymous)
{
    /// <summary>Reads the ids of an event whose traits are not opened.</summary>
    public static UserIds Read(in ParsedEvent parsed)
    {
        JsonSlice user = parsed.UserId;
        if (!IsId(user))
        {
            user = FirstId(parsed.Traits.Member("userId"u8), parsed.Traits.Member("id"u8));
        }

        if (!IsId(user) && !parsed.Context.IsMissing)
        {
            JsonSlice traits = parsed.Context.Member("traits"u8);
            user = FirstId(traits.Member("userId"u8), traits.Member("id"u8));
        }

        return new UserIds(user, parsed.AnonymousId);
    }

    /// <summary>Reads the ids of an event whose traits are opened.</summary>
    public static UserIds Read(in ParsedEvent parsed, TraitFields traits, TraitFields contextTraits)
    {
        JsonSlice user = parsed.UserId;
        if (!IsId(user))
        {
            user = FirstId(traits[TraitMap.UserId], traits[TraitMap.Id]);
        }

        if (!IsId(user))
        {
            user = FirstId(contextTraits[TraitMap.UserId], contextTraits[TraitMap.Id]);
        }

        return new UserIds(user, parsed.AnonymousId);
    }

    /// <summary>Whether an event record needs an id. The SDK of a page has its own id for the user.</summary>
    public static bool AreRequired(MappingOptions options) => !options.IsForWeb && (options.RequireIds || options.EnableObjectIdMapping);

    public static EventError CreateMissingIdsError() =>
        new(EventErrorCode.IdMissing, "userId", "Unable to process without anonymousId or userId", "a userId or an anonymousId");

    /// <summary>Chooses the id of the record; none if the event has no suitable id.</summary>
    public RecordIdentity ToRecordIdentity(MappingOptions options)
    {
        if (options.EnableObjectIdMapping)
        {
            if (Anonymous.IsTruthy)
            {
                return RecordIdentity.FromObjectId(Anonymous);
            }

            return User.IsTruthy ? RecordIdentity.FromIdentity(User) : RecordIdentity.None;
        }

        JsonSlice identity = FirstId(User, Anonymous);
        return identity.IsMissing ? RecordIdentity.None : RecordIdentity.FromIdentity(identity);
    }

    private static JsonSlice FirstId(JsonSlice first, JsonSlice second)
    {
        if (IsId(first))
        {
            return first;
        }

        return IsId(second) ? second : default;
    }

    private static bool IsId(JsonSlice value) => value.IsPresent && value.Kind is JsonValueKind.String or JsonValueKind.Number;
}
