using CleverTap.Rudder.Testing;
using CleverTap.Rudder.Tool.CheckAccount;
using CleverTap.Rudder.Tool.CommandLine;

namespace CleverTap.Rudder.Tests.Tool.CheckAccount;

/// <summary>Runs of <see cref="AccountCheck"/> against a server, without its waits before a look-up.</summary>
internal static class CheckSession
{
    public static readonly Account Account = new(CleverTapEmulatorOptions.DefaultAccountId, CleverTapEmulatorOptions.DefaultPasscode, "");

    /// <summary>Gets the claims as parameters of tests.</summary>
    public static IEnumerable<string> ClaimIds => ClaimTable.All.Select(claim => claim.Id);

    public static Claim ClaimOf(string id) => ClaimTable.All.Single(claim => claim.Id == id);

    /// <summary>Creates a sender whose timeout is 36 seconds by the clock of this machine.</summary>
    public static ProbeSender CreateSender(Uri endpoint, Account? account = null) =>
        new(account ?? Account, endpoint, TimeSpan.FromHours(1), new HastyClock());

    public static AccountCheck Create(ProbeSender sender, bool allowWrites = false) =>
        new(sender, allowWrites, TimeProvider.System) { LookupDelay = TimeSpan.Zero };

    public static async Task<CheckResults> RunAsync(
        Uri endpoint,
        Account? account = null,
        bool allowWrites = false,
        CancellationToken cancellationToken = default
    )
    {
        using ProbeSender sender = CreateSender(endpoint, account);
        return await Create(sender, allowWrites).RunAsync(ClaimTable.All, _ => { }, cancellationToken);
    }

    /// <summary>A clock whose timers run a hundred times too fast, so that no test waits for a backoff.</summary>
    private sealed class HastyClock : TimeProvider
    {
        private const int Haste = 100;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / Haste : dueTime, period);
    }
}
