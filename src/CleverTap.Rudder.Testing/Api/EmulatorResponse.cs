using System.Buffers;
using System.Text.Json;

namespace CleverTap.Rudder.Internal.Testing.Api;

/// <summary>A response of the API, independent of the transport.</summary>
internal sealed record EmulatorResponse(int Status, ReadOnlyMemory<byte> Body)
{
    /// <summary>The content type as CleverTap writes it, without a space.</summary>
    public const string ContentType = "application/json;charset=utf-8";

    public static readonly EmulatorResponse Success = new(200, "{\"status\":\"success\"}"u8.ToArray());

    public static readonly EmulatorResponse TooManyRequests = Failure(429, "Too many concurrent requests");

    public static readonly EmulatorResponse Malformed = Failure(400, "Malformed request");

    /// <summary>A connection that is dropped before the request is processed.</summary>
    public static readonly EmulatorResponse Dropped = new(0, default) { IsDropped = true };

    /// <summary>The number of records in the request; of a read, in the response.</summary>
    public int RecordCount { get; init; }

    /// <summary>The methods that the path allows, if the request used another one.</summary>
    public string? AllowedMethods { get; init; }

    /// <summary>The value of the <c>Retry-After</c> header.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>Whether the connection is dropped instead of sending the response.</summary>
    public bool IsDropped { get; init; }

    /// <summary>Returns the response with half of its body, which is not JSON.</summary>
    public EmulatorResponse Truncate() => this with { Body = Body[..(Body.Length / 2)] };

    /// <summary>Creates the response that rejects a whole request.</summary>
    public static EmulatorResponse Failure(int status, string error)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(body))
        {
            writer.WriteStartObject();
            writer.WriteString("status"u8, "fail"u8);
            writer.WriteString("error"u8, error);
            writer.WriteNumber("code"u8, status);
            writer.WriteEndObject();
        }

        return new EmulatorResponse(status, body.WrittenMemory);
    }
}
