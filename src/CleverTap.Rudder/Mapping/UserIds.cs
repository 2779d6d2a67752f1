using System.Text.Json;
using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>The ids of an event, where the guide and the SDKs put them.</summary>
/// <param name="User">The first present of userId, traits.userId, traits.id, context.traits.userId and context.traits.id.</param>
/// <param name="Anonymous">The anonymousId.</param>
internal readonly record struct UserIds(JsonSlice User, JsonSlice Anonymous)
{
    private static readonly FieldName UserId = "userId";
    private static readonly FieldName Id = "id";

    public static UserIds Of(in ParsedEvent e)
    {
        JsonSlice user = e.UserId;
        if (!IsId(user))
        {
            user = FirstId(e.Traits.Member("userId"u8), e.Traits.Member("id"u8));
        }

        if (!IsId(user) && !e.Context.IsMissing)
        {
            JsonSlice traits = e.Context.Member("traits"u8);
            user = FirstId(traits.Member("userId"u8), traits.Member("id"u8));
        }

        return new UserIds(user, e.AnonymousId);
    }

    public static UserIds Of(in ParsedEvent e, JsonFields traits, JsonFields contextTraits)
    {
        JsonSlice user = e.UserId;
        if (!IsId(user))
        {
            user = FirstId(traits[UserId], traits[Id]);
        }

        if (!IsId(user))
        {
            user = FirstId(contextTraits[UserId], contextTraits[Id]);
        }

        return new UserIds(user, e.AnonymousId);
    }

    /// <summary>Whose the record is; nobody's where the event has no id for it.</summary>
    public RecordIdentity ToRecordUser(MappingOptions options)
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

    private static JsonSlice FirstId(JsonSlice first, JsonSlice second) =>
        IsId(first) ? first
        : IsId(second) ? second
        : default;

    private static bool IsId(JsonSlice value) => value.IsPresent && value.Kind is JsonValueKind.String or JsonValueKind.Number;
}
