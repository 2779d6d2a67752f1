using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Unicode;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Api;

/// <summary>Takes the body of a request apart. Pure.</summary>
internal static class JsonBody
{
    /// <summary>
    /// The body, missing where it is not JSON or not sent as such. It is read once as a whole, so that nothing after this meets
    /// JSON that is not well-formed.
    /// </summary>
    public static JsonSlice Read(EmulatorRequest request)
    {
        if (!IsJson(request.ContentType) || !Utf8.IsValid(request.Body.Span))
        {
            return default;
        }

        try
        {
            var reader = new Utf8JsonReader(request.Body.Span);
            reader.Read();
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            int end = (int)reader.BytesConsumed;
            return reader.Read() ? default : new JsonSlice(request.Body[start..end]);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    /// <summary>The entries of <c>{"d":[…]}</c>; null where the body is anything else.</summary>
    public static List<JsonSlice>? ReadEntries(EmulatorRequest request)
    {
        JsonSlice entries = Read(request).Member("d"u8);
        return entries.Kind == JsonValueKind.Array ? entries.Elements() : null;
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? type)
        && string.Equals(type.MediaType, "application/json", StringComparison.OrdinalIgnoreCase);
}
