using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Tests.Sqlite;

internal static class OutboxServices
{
    public static ICleverTapQueue Queue(this IHost host) => host.Services.GetRequiredService<ICleverTapQueue>();

    public static IDeadLetters DeadLetters(this IHost host) => host.Services.GetRequiredService<IDeadLetters>();
}
