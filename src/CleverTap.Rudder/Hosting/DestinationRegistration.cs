using CleverTap.Rudder.Internal.Options;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CleverTap.Rudder.Internal.Hosting;

/// <summary>The calls that registered a destination and its queue, so that a second one is an error that names both.</summary>
internal sealed class DestinationRegistration(string name, string call, bool isRouting)
{
    public string Name => name;

    /// <summary>Whether it is a route to other destinations, without an account of its own.</summary>
    public bool IsRouting => isRouting;

    /// <summary>The method that added the queue; null if there is none.</summary>
    public string? Queue { get; private set; }

    /// <summary>The method that added the first handler; null if there is none.</summary>
    public string? Handler { get; private set; }

    /// <summary>The registration of a destination; null if there is none of that name.</summary>
    public static DestinationRegistration? Find(IServiceCollection services, string name) =>
        services
            .Where(service => service.ServiceType == typeof(DestinationRegistration))
            .Select(service => (DestinationRegistration)service.ImplementationInstance!)
            .FirstOrDefault(registration => registration.Name == name);

    /// <summary>Notes a destination.</summary>
    /// <exception cref="InvalidOperationException">There is one of that name.</exception>
    public static void Add(IServiceCollection services, string name, IConfiguration? section)
    {
        string source = section switch
        {
            null => "options => …",
            IConfigurationSection one => $"section '{one.Path}'",
            _ => "configuration",
        };
        Add(services, name, $"AddCleverTapDestination({(name.Length == 0 ? "" : $"\"{name}\", ")}{source})", isRouting: false);
    }

    /// <summary>Notes a route to other destinations.</summary>
    /// <exception cref="InvalidOperationException">There is a destination of that name.</exception>
    public static void AddRouting(IServiceCollection services, string name) =>
        Add(services, name, $"AddCleverTapRouting({(name.Length == 0 ? "" : $"\"{name}\", ")}rudderEvent => …)", isRouting: true);

    private static void Add(IServiceCollection services, string name, string call, bool isRouting)
    {
        if (Find(services, name) is { } other)
        {
            throw other.Twice(call);
        }

        services.AddSingleton(new DestinationRegistration(name, call, isRouting));
    }

    /// <summary>Notes the queue.</summary>
    /// <exception cref="InvalidOperationException">The destination has one.</exception>
    public void AddQueue(string method)
    {
        if (Queue is not null)
        {
            throw new InvalidOperationException(
                $"CleverTap destination '{name}' has two queues, by {Queue} and {method}: keep one of them, "
                    + "because a destination has one queue."
            );
        }

        Queue = method;
    }

    /// <summary>What is wrong with it when every call is made: handlers need a queue that calls them. Null if nothing is.</summary>
    public string? Fault =>
        Handler is null || Queue is not null
            ? null
            : $"{CleverTapOptionsValidator.Title(name)}: {Handler} has no queue that would call it: add one, such as .AddBackgroundDelivery(); "
                + "SendAsync returns outcomes instead.";

    /// <summary>Notes a handler. The queue that calls it may be added later.</summary>
    public void AddHandler(string method) => Handler ??= method;

    private InvalidOperationException Twice(string second) =>
        new(
            name.Length == 0
                ? $"Two CleverTap destinations have no name, {call} and {second}, so that the events of one would go "
                    + "to the account of the other: give each a name, as in AddCleverTapDestination(\"eu\", …). "
                    + "To change the options of one, call services.Configure<CleverTapOptions>(…)."
                : $"Two CleverTap destinations have the name '{name}', {call} and {second}, so that the events of one would go "
                    + "to the account of the other: give each a name of its own. "
                    + $"To change the options of one, call services.Configure<CleverTapOptions>(\"{name}\", …)."
        );
}
