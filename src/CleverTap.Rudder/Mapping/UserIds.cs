using System.Text.Json;

namespace CleverTap.Rudder;

/// <summary>The ids of an event, where the guide and the SDKs put them.</summary>
/// <param name="User">The first present of userId, traits.userId, traits.id, context.traits.userId and context.traits.id.</param>
/// <param name="Anonymous">The anonymousId.</param>
internal readonly record struct UserIds(JsonValue User, JsonValue Anonymous)
{
    private static readonly FieldName UserId = "userId";
    private static readonly FieldName Id = "id";

    public static UserIds Of(in EventIndex e)
    {
        JsonValue user = e.UserId;
        if (!IsId(user))
        {
            user = FirstId(e.Traits.Member("userId"u8), e.Traits.Member("id"u8));
        }

        if (!IsId(user) && !e.Context.IsMissing)
        {
            JsonValue traits = e.Context.Member("traits"u8);
            user = FirstId(traits.Member("userId"u8), traits.Member("id"u8));
        }

        return new UserIds(user, e.AnonymousId);
    }

    public static UserIds Of(in EventIndex e, JsonFields traits, JsonFields contextTraits)
    {
        JsonValue user = e.UserId;
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
    public RecordUser ToRecordUser(MappingOptions options)
    {
        if (options.EnableObjectIdMapping)
        {
            if (Anonymous.IsTruthy)
            {
                return RecordUser.Device(Anonymous);
            }

            return User.IsTruthy ? RecordUser.Identity(User) : RecordUser.Nobody;
        }

        JsonValue identity = FirstId(User, Anonymous);
        return identity.IsMissing ? RecordUser.Nobody : RecordUser.Identity(identity);
    }

    private static JsonValue FirstId(JsonValue first, JsonValue second) =>
        IsId(first) ? first
        : IsId(second) ? second
        : default;

    private static bool IsId(JsonValue value) => value.IsPresent && value.Kind is JsonValueKind.String or JsonValueKind.Number;
}
