using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using CleverTap.Rudder;

namespace Playground.Transform;

/// <summary>The calls of CleverTap's web SDK that replace the upload in device mode, or the reason why there are none.</summary>
internal sealed record WebView(IReadOnlyList<string> Calls, string? FilterReason, string? Error)
{
    /// <summary>Larger values are not indented, because the indentation of deeply nested values is many times as large.</summary>
    private const int MaxIndented = 64 * 1024;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static WebView Create(byte[] json, CleverTapTransformer transformer)
    {
        if (!RudderEvent.TryRead(json, out RudderEvent? rudderEvent, out EventError? error))
        {
            FilterReason? reason = transformer.Options.FilterReasonFor(error);
            return new WebView([], reason?.ToString(), reason is null ? error.Message : null);
        }

        WebTransformResult result = transformer.TransformForWeb(rudderEvent);
        return new WebView([.. result.Calls.Select(FormatCall)], result.FilterReason?.ToString(), result.Error?.Message);
    }

    private static string FormatCall(WebCall call) =>
        $"clevertap.{call.Method}({string.Join(", ", call.Arguments.EnumerateArray().Select(FormatArgument))})";

    private static string FormatArgument(JsonElement argument) =>
        JsonSerializer.Serialize(argument, JsonMarshal.GetRawUtf8Value(argument).Length > MaxIndented ? Plain : Indented);
}
