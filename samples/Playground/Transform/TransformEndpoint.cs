using CleverTap.Rudder;
using Playground.Events;

namespace Playground.Transform;

/// <summary>What events become, without sending them.</summary>
internal static class TransformEndpoint
{
    public static void MapTransform(this WebApplication app) => app.MapPost("/api/transform", TransformAsync);

    private static async Task<TransformAnswer> TransformAsync(HttpRequest request, int shown = 0)
    {
        IReadOnlyList<byte[]> events = await EventInput.ReadAsync(request);
        return new TransformAnswer(
            [.. events.Select(InShort)],
            events.Count == 0 ? null : EventInFull.Of(Math.Clamp(shown, 0, events.Count - 1), events[Math.Clamp(shown, 0, events.Count - 1)]));
    }

    private static EventInShort InShort(byte[] json)
    {
        TransformResult result = CleverTapTransformer.Default.Transform(json);
        return new EventInShort(EventLabel.Of(json), result.Status.ToString(), result.Warnings.Count);
    }
}
