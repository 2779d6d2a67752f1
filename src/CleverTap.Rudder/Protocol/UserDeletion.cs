using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Options;

namespace CleverTap.Rudder.Internal.Protocol;

/// <summary>
/// The response to <c>POST /deleteUsers</c>, an item for each element of the request. Only user ids count. A rejection in the
/// body of CleverTap's response counts as one, whatever the HTTP status says.
/// </summary>
internal static class UserDeletion
{
    private const string Failed = "User deletion request failed";

    /// <summary>Deletes users of one account.</summary>
    public delegate Task<CleverTapResponse> Deleter(
        RudderDestinationConfig config,
        IEnumerable<string> identities,
        CancellationToken cancellationToken
    );

    public static async Task<int> HandleAsync(
        ReadOnlyMemory<byte> body,
        IBufferWriter<byte> response,
        Deleter delete,
        CancellationToken cancellationToken
    )
    {
        JsonSlice requests = JsonSlice.Parse(body, JsonSlice.AnyDepth);
        if (requests.Kind != JsonValueKind.Array)
        {
            return RudderTransformerProtocol.Reject(response, 400, "The body must be a JSON array in UTF-8");
        }

        List<JsonSlice> elements = requests.Elements();
        if (
            elements.Find(element => !RudderTransformerProtocol.IsCleverTap(element.Member("destType"u8).ToText())) is
            { IsMissing: false } foreign
        )
        {
            return RudderTransformerProtocol.RejectDestination(foreign.Member("destType"u8).ToText(), response);
        }

        int first = 200;
        response.Write("["u8);
        for (int i = 0; i < elements.Count; i++)
        {
            (int status, string? error) = await DeleteAsync(elements[i], delete, cancellationToken).ConfigureAwait(false);
            if (i == 0)
            {
                first = status;
            }
            else
            {
                response.Write(","u8);
            }

            string rest = error is null
                ? "\"status\":\"successful\""
                : $"\"error\":{Encoding.UTF8.GetString(JsonSlice.FromText(error).Span)}";
            response.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"statusCode\":{status},{rest}}}")));
        }

        response.Write("]"u8);
        return first;
    }

    private static async Task<(int Status, string? Error)> DeleteAsync(
        JsonSlice request,
        Deleter delete,
        CancellationToken cancellationToken
    )
    {
        JsonSlice users = request.Member("userAttributes"u8);
        if (users.Kind != JsonValueKind.Array)
        {
            return (400, "userAttributes is not an array");
        }

        JsonSlice settings = request.Member("config"u8);
        if (settings.Kind != JsonValueKind.Object)
        {
            return (500, "config must be an object");
        }

        if (DestinationConfigValidator.FindError(settings) is { } wrongKind)
        {
            return (400, $"config.{wrongKind}");
        }

        RudderDestinationConfig config = RudderDestinationConfig.Parse(settings);
        if (string.IsNullOrWhiteSpace(config.AccountId) || string.IsNullOrWhiteSpace(config.Passcode))
        {
            return (400, "Project ID and Passcode is required for delete user");
        }

        if (config.Fault is { } fault)
        {
            return (400, $"config.{fault}");
        }

        if (CleverTapOptionsValidator.HeaderFault(config.AccountId, config.Passcode) is { } unfit)
        {
            return (400, unfit);
        }

        List<JsonSlice> elements = users.Elements();
        if (elements.FindIndex(user => !IsUser(user)) is >= 0 and var wrong)
        {
            return (400, $"userAttributes[{wrong}] must be an object whose userId is text or a number");
        }

        CleverTapResponse response = await delete(config, Ids(elements), cancellationToken).ConfigureAwait(false);
        return response.Status == ResponseStatus.Success ? (200, null) : Rejection(response.HttpStatus);
    }

    /// <summary>The regulation worker takes 404 and 405 for "not supported" and never asks again, so these two cannot stay.</summary>
    private static (int Status, string Error) Rejection(int? httpStatus) =>
        httpStatus switch
        {
            null => (500, Failed),
            < 300 => (400, Failed),
            404 or 405 => (
                500,
                $"{Failed}: CleverTap responded with {httpStatus}, given here as 500 so that it is retried; check the region"
            ),
            { } status => (status, Failed),
        };

    /// <summary>What is false to JavaScript is no id: the user has none, and is passed over.</summary>
    private static bool IsUser(JsonSlice user) =>
        user.Kind == JsonValueKind.Object
        && user.Member("userId"u8) is var id
        && (!id.IsTruthy || id.Kind is JsonValueKind.String or JsonValueKind.Number);

    private static IEnumerable<string> Ids(List<JsonSlice> users) =>
        users.Select(user => user.Member("userId"u8)).Where(id => id.IsTruthy).Select(id => id.ToText()).OfType<string>();
}
