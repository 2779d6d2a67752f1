using Microsoft.Extensions.Options;

namespace CleverTap.Rudder;

/// <summary>Checks what is complete only when every call is made: handlers need a queue that calls them.</summary>
internal sealed class DestinationValidator(IEnumerable<DestinationRegistration> registrations) : IValidateOptions<CleverTapOptions>
{
    public ValidateOptionsResult Validate(string? name, CleverTapOptions options)
    {
        DestinationRegistration? registration = registrations.FirstOrDefault(one => one.Name == name);
        if (registration is not { Handler: { } handler, Queue: null })
        {
            return ValidateOptionsResult.Skip;
        }

        return ValidateOptionsResult.Fail(
            $"{CleverTapOptionsValidator.Title(name)}: {handler} has no queue that would call it: add one, "
            + "such as .AddBackgroundDelivery(); SendAsync returns outcomes instead.");
    }
}
