namespace CleverTap.Rudder;

/// <content>The mappers of the calls.</content>
public sealed partial record MappingOptions
{
    private readonly CallMappers mappers = CallMappers.Default;

    /// <summary>Gets the mapper of each type of call.</summary>
    /// <value><see cref="CallMappers.Default"/>, the built-in mappers, in both presets.</value>
    /// <remarks>
    /// Set the mappers in code: they have no counterpart in configuration. Mappers that are set in code remain if the other options come
    /// from configuration.
    /// </remarks>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public CallMappers Mappers
    {
        get => mappers;
        init => mappers = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>Gets whether the records become calls of CleverTap's web SDK instead of an upload. The transformer sets it.</summary>
    internal bool IsForWeb { get; init; }
}
