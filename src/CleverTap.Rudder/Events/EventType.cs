namespace CleverTap.Rudder.Internal.Events;

/// <summary>The types of RudderStack calls that have a counterpart in CleverTap.</summary>
internal enum EventType
{
    Identify,
    Track,
    Page,
    Screen,
    Alias,
}
