namespace CleverTap.Rudder;

/// <summary>The number of message ids to remember, and for how long, so that duplicates are filtered.</summary>
/// <remarks>The window is off if both values are 0. A destination with only one of them does not start.</remarks>
public sealed record DeduplicationWindow
{
    /// <summary>The window that remembers nothing.</summary>
    public static DeduplicationWindow Off { get; } = new();

    /// <summary>The number of message ids to remember.</summary>
    /// <value>Default 0; at least 0.</value>
    public int Count { get; init; }

    /// <summary>How long a message id is remembered.</summary>
    /// <value>Default 0; at least 0.</value>
    public TimeSpan Time { get; init; }

    internal bool IsOn => Count > 0 && Time > TimeSpan.Zero;
}
