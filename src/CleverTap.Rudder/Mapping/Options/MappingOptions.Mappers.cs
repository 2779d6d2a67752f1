namespace CleverTap.Rudder;

/// <content>The mappers of the calls.</content>
public sealed partial record MappingOptions
{
    private readonly CallMappers mappers = CallMappers.Default;

    /// <summary>
    /// The mapper of each kind of call. Set it in code: it has no counterpart in configuration, and stays what the code says where the
    /// other options come from there.
    /// </summary>
    /// <value>Default <see cref="CallMappers.Default"/>, the built-in mappers.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public CallMappers Mappers
    {
        get => mappers;
        init => mappers = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>Whether the records become calls of CleverTap's web SDK and are not uploaded. Set by the transformer.</summary>
    internal bool IsForWeb { get; init; }
}
