namespace CleverTap.Rudder;

/// <summary>How many message ids are remembered, and how long, to filter events that come twice. Off unless both are positive.</summary>
public sealed record DeduplicationWindow
{
    /// <summary>The window that is off.</summary>
    public static DeduplicationWindow Off { get; } = new();

    /// <summary>How many message ids are remembered. Default 0.</summary>
    public int Count { get; init; }

    /// <summary>How long a message id is remembered. Default zero.</summary>
    public TimeSpan Time { get; init; }

    internal bool IsOn => Count > 0 && Time > TimeSpan.Zero;
}
