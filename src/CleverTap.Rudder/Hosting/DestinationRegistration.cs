using CleverTap.Rudder.Internal.Options;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CleverTap.Rudder.Internal.Hosting;

/// <summary>Records the calls that registered a destination and its queue, so that a second call is an error that names both.</summary>
internal sealed class DestinationRegistration(string name, string call, bool isRouting)
{
    private const string WrongAccount = "so that the events of one would go to the account of the other";

    public string Name => name;

    /// <summary>Whether it is a route to other destinations, which has no account.</summary>
    public bool IsRouting => isRouting;

    /// <summary>The method that added the queue; null if there is no queue.</summary>
    public string? Queue { get; private set; }

    /// <summary>The method that added the first handler; null if there is no handler.</summary>
    public string? Handler { get; private set; }

    /// <summary>
    /// The error of the complete registration: a handler needs a queue that calls it. Null if there is no error.
    /// </summary>
    public string? Error =>
        Handler is null || Queue is not null
            ? null
            : $"{CleverTapOptionsValidator.TitleOf(name)}: {Handler} has no queue that would call it: "
                + "add one, such as .AddBackgroundDelivery(); SendAsync returns outcomes instead.";

    /// <summary>Finds the registration of a destination. Returns null if no destination has that name.</summary>
    public static DestinationRegistration? Find(IServiceCollection services, string name) =>
        All(services).FirstOrDefault(registration => registration.Name == name);

    /// <summary>Records a destination.</summary>
    /// <exception cref="InvalidOperationException">The name is blank, or another destination has it in this or another case.</exception>
    public static void Add(IServiceCollection services, string name, IConfiguration? section)
    {
        string source = section switch
        {
            null => "options => …",
            IConfigurationSection { Path: var path } => $"section '{path}'",
            _ => "configuration",
        };
        Add(services, name, $"AddCleverTapDestination({NameArgument(name)}{source})", isRouting: false);
    }

    /// <summary>Records a route to other destinations.</summary>
    /// <exception cref="InvalidOperationException">The name is blank, or another destination has it in this or another case.</exception>
    public static void AddRouting(IServiceCollection services, string name) =>
        Add(services, name, $"AddCleverTapRouting({NameArgument(name)}rudderEvent => …)", isRouting: true);

    /// <summary>Records the queue.</summary>
    /// <exception cref="InvalidOperationException">The destination has a queue already.</exception>
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

    /// <summary>Records a handler. The queue that calls it may be added later.</summary>
    public void AddHandler(string method) => Handler ??= method;

    private static void Add(IServiceCollection services, string name, string call, bool isRouting)
    {
        if (name.Length > 0 && string.IsNullOrWhiteSpace(name))
        {
            throw new InvalidOperationException(
                $"A CleverTap destination has a blank name, {call}: give it a name with letters, or leave the name out."
            );
        }

        if (All(services).FirstOrDefault(other => other.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } other)
        {
            throw new InvalidOperationException(other.Conflict(name, call));
        }

        services.AddSingleton(new DestinationRegistration(name, call, isRouting));
    }

    private static IEnumerable<DestinationRegistration> All(IServiceCollection services) =>
        services
            .Where(service => service.ServiceType == typeof(DestinationRegistration))
            .Select(service => (DestinationRegistration)service.ImplementationInstance!);

    private static string NameArgument(string name) => name.Length == 0 ? "" : $"\"{name}\", ";

    /// <summary>Describes the conflict with a second registration.</summary>
    private string Conflict(string secondName, string secondCall)
    {
        if (name.Length == 0)
        {
            return $"Two CleverTap destinations have no name, {call} and {secondCall}, {WrongAccount}: "
                + "give each a name, as in AddCleverTapDestination(\"eu\", …). "
                + "To change the options of one, call services.Configure<CleverTapOptions>(…).";
        }

        return name == secondName
            ? $"Two CleverTap destinations have the name '{name}', {call} and {secondCall}, {WrongAccount}: "
                + "give each a name of its own. "
                + $"To change the options of one, call services.Configure<CleverTapOptions>(\"{name}\", …)."
            : $"The names of two CleverTap destinations differ only in case, {call} and {secondCall}, so that they are easily confused: "
                + "rename one of them.";
    }
}
