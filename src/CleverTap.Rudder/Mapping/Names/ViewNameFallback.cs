namespace CleverTap.Rudder;

/// <summary>Where the name of a page or screen call without a name comes from. Properties go before <c>context.page</c>.</summary>
public enum ViewNameFallback
{
    /// <summary>The title of the page, else its path, else its category.</summary>
    Title,

    /// <summary>The path of the page, else its title, else its category.</summary>
    Path,

    /// <summary>Nothing: the event is called <c>Web Page Viewed</c> or <c>Screen Viewed</c>, as in rudder-transformer.</summary>
    None,
}
