using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Internal.Hosting;

/// <summary>Registers the options of every <c>Add…</c> method in the same way.</summary>
internal static class OptionsRegistration
{
    /// <summary>Registers options that are set from their source and validated when the host starts.</summary>
    public static OptionsBuilder<TOptions> AddOptions<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TValidator
    >(this IServiceCollection services, string name, OptionsSource<TOptions> source)
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddOptionsWithValidateOnStart<TOptions, TValidator>(name).Configure(source.Configure);
    }
}
