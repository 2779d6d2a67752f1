namespace CleverTap.Rudder;

/// <summary>Specifies the source of the name of a page or screen call without a name.</summary>
/// <remarks>Properties take precedence over <c>context.page</c>.</remarks>
public enum ViewNameFallback
{
    /// <summary>The title of the page, else its path, else its category.</summary>
    Title,

    /// <summary>The path of the page, else its title, else its category.</summary>
    Path,

    /// <summary>No source: the event is named <c>Web Page Viewed</c> or <c>Screen Viewed</c>, as in rudder-transformer.</summary>
    None,
}
