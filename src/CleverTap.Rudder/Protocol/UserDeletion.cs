using System.Buffers;
using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Options;

namespace CleverTap.Rudder.Internal.Protocol;

/// <summary>Handles <c>POST /deleteUsers</c>, whose response has one item for each element of the request.</summary>
/// <remarks>
/// Users are deleted by their <c>userId</c> only. A rejection in the body of CleverTap's response is a failure, whatever its HTTP status.
/// </remarks>
internal static class UserDeletion
{
    private const string Failed = "User deletion request failed";

    /// <summary>Deletes the profiles of one account.</summary>
    public delegate Task<CleverTapResponse> DeleteProfiles(
        RudderDestinationConfig config,
        IEnumerable<string> identities,
        CancellationToken cancellationToken
    );

    /// <summary>Deletes the users of each element in turn and writes the response.</summary>
    /// <returns>The HTTP status, which is the status of the first element.</returns>
    public static async Task<int> HandleAsync(
        ReadOnlyMemory<byte> body,
        IBufferWriter<byte> output,
        DeleteProfiles deleteProfiles,
        CancellationToken cancellationToken
    )
    {
        JsonSlice request = JsonSlice.Parse(body, JsonSlice.AnyDepth);
        if (request.Kind != JsonValueKind.Array)
        {
            return RudderTransformerProtocol.Reject(output, 400, "The body must be a JSON array in UTF-8");
        }

        List<JsonSlice> elements = request.Elements();
        if (elements.FindIndex(element => !RudderTransformerProtocol.IsCleverTap(ReadDestType(element))) is >= 0 and var other)
        {
            return RudderTransformerProtocol.RejectDestination(ReadDestType(elements[other]), output);
        }

        List<Result> results = new(elements.Count);
        foreach (JsonSlice element in elements)
        {
            results.Add(await DeleteAsync(element, deleteProfiles, cancellationToken).ConfigureAwait(false));
        }

        Write(output, results);
        return results.Count == 0 ? Result.Success.Status : results[0].Status;
    }

    private static string? ReadDestType(JsonSlice element) => element.Member("destType"u8).ToText();

    private static async Task<Result> DeleteAsync(JsonSlice element, DeleteProfiles deleteProfiles, CancellationToken cancellationToken)
    {
        if (ReadConfig(element, out RudderDestinationConfig? config) is { } configError)
        {
            return configError;
        }

        List<JsonSlice> users = element.Member("userAttributes"u8).Elements();
        if (users.FindIndex(user => !IsUser(user)) is >= 0 and var invalid)
        {
            return new Result(400, $"userAttributes[{invalid}] must be an object whose userId is text or a number");
        }

        CleverTapResponse response = await deleteProfiles(config!, ReadIds(users), cancellationToken).ConfigureAwait(false);
        return response.Status == ResponseStatus.Success ? Result.Success : CreateFailure(response.HttpStatus);
    }

    /// <summary>Reads and validates the settings of an element.</summary>
    /// <returns>An error if the settings are invalid or there is no list of users; otherwise null.</returns>
    private static Result? ReadConfig(JsonSlice element, out RudderDestinationConfig? config)
    {
        config = null;
        if (element.Member("userAttributes"u8).Kind != JsonValueKind.Array)
        {
            return new Result(400, "userAttributes is not an array");
        }

        JsonSlice json = element.Member("config"u8);
        if (json.Kind != JsonValueKind.Object)
        {
            return new Result(500, "config must be an object");
        }

        if (DestinationConfigValidator.FindError(json) is { } typeError)
        {
            return new Result(400, $"config.{typeError}");
        }

        config = RudderDestinationConfig.Parse(json);
        return FindError(config) is { } error ? new Result(400, error) : null;
    }

    private static string? FindError(RudderDestinationConfig config)
    {
        if (string.IsNullOrWhiteSpace(config.AccountId) || string.IsNullOrWhiteSpace(config.Passcode))
        {
            return "Project ID and Passcode is required for delete user";
        }

        return config.Fault is { } fault ? $"config.{fault}" : EndpointRules.CredentialsError(config.AccountId, config.Passcode);
    }

    /// <summary>Creates the result of a failed call.</summary>
    /// <remarks>The regulation worker treats 404 and 405 as "not supported" and never retries them, so they become 500.</remarks>
    private static Result CreateFailure(int? httpStatus) =>
        httpStatus switch
        {
            null => new Result(500, Failed),
            < 300 => new Result(400, Failed),
            404 or 405 => new Result(
                500,
                $"{Failed}: CleverTap responded with {httpStatus}, given here as 500 so that it is retried; check the region"
            ),
            { } status => new Result(status, Failed),
        };

    /// <summary>Whether an element is a user. One whose id is falsy in JavaScript is a user without an id and is skipped.</summary>
    private static bool IsUser(JsonSlice user) =>
        user.Kind == JsonValueKind.Object
        && user.Member("userId"u8) is var id
        && (!id.IsTruthy || id.Kind is JsonValueKind.String or JsonValueKind.Number);

    private static IEnumerable<string> ReadIds(List<JsonSlice> users) =>
        users.Select(user => user.Member("userId"u8)).Where(id => id.IsTruthy).Select(id => id.ToText()).OfType<string>();

    private static void Write(IBufferWriter<byte> output, List<Result> results)
    {
        using var writer = new Utf8JsonWriter(output);
        writer.WriteStartArray();
        foreach (Result result in results)
        {
            writer.WriteStartObject();
            writer.WriteNumber("statusCode"u8, result.Status);
            if (result.Error is { } error)
            {
                writer.WriteText("error"u8, error);
            }
            else
            {
                writer.WriteString("status"u8, "successful"u8);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private readonly record struct Result(int Status, string? Error)
    {
        public static readonly Result Success = new(200, null);
    }
}
