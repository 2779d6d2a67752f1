namespace CleverTap.Rudder.Internal.Testing.Storage;

/// <summary>What a read returns page by page, and how long its cursors are valid.</summary>
/// <param name="Lifetime">The maximum time since the first request.</param>
/// <param name="MaxIdle">The maximum time since the last request.</param>
internal sealed record ReadKind(TimeSpan Lifetime, TimeSpan MaxIdle)
{
    public static readonly ReadKind Events = new(TimeSpan.FromHours(4), TimeSpan.FromHours(1));

    public static readonly ReadKind Profiles = new(TimeSpan.FromDays(4), TimeSpan.FromDays(4));
}
