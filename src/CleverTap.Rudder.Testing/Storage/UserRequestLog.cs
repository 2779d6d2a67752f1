namespace CleverTap.Rudder.Internal.Testing.Storage;

/// <summary>Keeps the entries of the calls about users. Not thread-safe.</summary>
internal sealed class UserRequestLog(int capacity)
{
    public BoundedLog<string> Deleted { get; } = new(capacity);

    public BoundedLog<string> Demerged { get; } = new(capacity);

    public BoundedLog<string> Disassociated { get; } = new(capacity);

    public BoundedLog<Subscription> Subscriptions { get; } = new(capacity);

    public void Clear()
    {
        Deleted.Clear();
        Demerged.Clear();
        Disassociated.Clear();
        Subscriptions.Clear();
    }
}
