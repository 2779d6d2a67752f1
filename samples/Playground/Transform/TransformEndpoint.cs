using CleverTap.Rudder;
using Microsoft.Extensions.Primitives;
using Playground.Events;
using Playground.Mapping;

namespace Playground.Transform;

/// <summary>Transforms events without sending them.</summary>
internal static class TransformEndpoint
{
    private const string ShownParameter = "shown";

    public static void MapTransform(this WebApplication app) => app.MapPost("/api/transform", TransformAsync);

    /// <summary>Transforms the events of the body. Each query parameter except the index of the shown event is a mapping option.</summary>
    private static async Task<TransformResponse> TransformAsync(HttpRequest request, int shown = 0)
    {
        KeyValuePair<string, StringValues>[] values =
        [
            .. request.Query.Where(parameter => !parameter.Key.Equals(ShownParameter, StringComparison.OrdinalIgnoreCase)),
        ];
        if (!PresetPair.TryRead(values, out PresetPair? presets, out string error))
        {
            return new TransformResponse([], null, error);
        }

        IReadOnlyList<byte[]> events = await EventInput.ReadAsync(request);
        var transformer = new CleverTapTransformer(presets.Default);
        int index = Math.Clamp(shown, 0, Math.Max(0, events.Count - 1));
        return new TransformResponse(
            [.. events.Select(json => Summarize(json, transformer))],
            events.Count == 0 ? null : EventDetails.Create(index, events[index], presets),
            null
        );
    }

    private static EventSummary Summarize(byte[] json, CleverTapTransformer transformer)
    {
        TransformResult result = transformer.Transform(json);
        return new EventSummary(EventLabel.Create(json), result.Status.ToString(), result.Warnings.Count);
    }
}
