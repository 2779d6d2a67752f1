using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;
using CleverTap.Rudder.Internal.Testing.Validation;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Api;

/// <summary>The users of a call that is about users: one id, or an array of them. Pure.</summary>
internal static class UserIdList
{
    public static EmulatorResponse Handle(JsonSlice value, Action<List<string>> carryOut)
    {
        if (Read(value) is not { } ids)
        {
            return EmulatorResponse.Malformed;
        }

        // The words for "too many" are CleverTap's (rudder-transformer PR 1720).
        if (ids.Count > CleverTapRules.UsersPerCall)
        {
            return EmulatorResponse.Failure(400, $"Max {CleverTapRules.UsersPerCall} are allowed") with { RecordCount = ids.Count };
        }

        carryOut(ids);
        return EmulatorResponse.Success with { RecordCount = ids.Count };
    }

    private static List<string>? Read(JsonSlice value)
    {
        List<JsonSlice> ids = value.Kind == JsonValueKind.Array ? value.Elements() : [value];
        bool areIds = ids.Count > 0 && ids.TrueForAll(id => UploadValidator.IsUsableId(UserKeyKind.ObjectId, id));
        return areIds ? ids.ConvertAll(id => id.ToText()!) : null;
    }
}
