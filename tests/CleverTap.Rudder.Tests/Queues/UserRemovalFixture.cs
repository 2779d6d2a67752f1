using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Tests.Queues;

/// <summary>Tests that delete users.</summary>
public abstract class UserRemovalFixture : QueueFixture
{
    private protected static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private protected static Task<CleverTapResponse> DeleteAsync(IHost host, string user) =>
        host.Services.GetRequiredService<ICleverTapDestination>().DeleteUsersAsync([user]);

    private protected IEnumerable<string?> Removed() =>
        Session.Notified.Where(outcome => outcome.FilterReason == FilterReason.UserDeleted).Select(outcome => outcome.MessageId);
}
