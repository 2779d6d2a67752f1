using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;
using CleverTap.Rudder.Internal.Testing.Validation;

namespace CleverTap.Rudder.Internal.Testing.Api;

/// <summary>Handles a call about users with one id or an array of ids. Pure.</summary>
internal static class UserIdList
{
    public static EmulatorResponse Handle(JsonSlice value, Action<List<string>> apply)
    {
        if (Read(value) is not { } ids)
        {
            return EmulatorResponse.Malformed;
        }

        // The error text is CleverTap's (rudder-transformer PR 1720).
        if (ids.Count > CleverTapRules.UsersPerCall)
        {
            return EmulatorResponse.Failure(400, $"Max {CleverTapRules.UsersPerCall} are allowed") with { RecordCount = ids.Count };
        }

        apply(ids);
        return EmulatorResponse.Success with { RecordCount = ids.Count };
    }

    private static List<string>? Read(JsonSlice value)
    {
        List<JsonSlice> ids = value.Kind == JsonValueKind.Array ? value.Elements() : [value];
        bool areIds = ids.Count > 0 && ids.TrueForAll(id => UploadValidator.IsUsableId(UserKeyKind.ObjectId, id));
        return areIds ? ids.ConvertAll(id => id.ToText()!) : null;
    }
}
