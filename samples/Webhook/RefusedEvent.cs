using CleverTap.Rudder;

namespace Webhook;

/// <summary>An element of a request that is no event: which one, and what is wrong. It holds no value of the event.</summary>
internal sealed record RefusedEvent(int Index, string Code, string Field, string Message, string Expected, string? MessageId)
{
    public static RefusedEvent From(int index, EventError error) =>
        new(index, error.Code.ToString(), error.Field, error.Message, error.Expected, error.MessageId);
}
