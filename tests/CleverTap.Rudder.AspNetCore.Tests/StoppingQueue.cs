using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Tests.AspNetCore;

/// <summary>A queue in front of the destination's queue. The host begins to stop when it receives the first event.</summary>
public class StoppingQueue : DispatchProxy
{
    private IServiceProvider services = null!;

    internal static ICleverTapQueue Create(IServiceProvider services)
    {
        ICleverTapQueue proxy = Create<ICleverTapQueue, StoppingQueue>();
        ((StoppingQueue)(object)proxy).services = services;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        object? result = targetMethod!.Invoke(services.GetRequiredKeyedService<ICleverTapQueue>(""), args);
        services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        return result;
    }
}
