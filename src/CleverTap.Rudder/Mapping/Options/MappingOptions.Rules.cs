using CleverTap.Rudder.Internal.Mapping;

namespace CleverTap.Rudder;

/// <content>
/// The rules of the host. Event lists look at the event as it came. Renames and drops are applied next: the event is mapped as if it
/// had come with the new names and without the dropped members.
/// </content>
public sealed partial record MappingOptions
{
    private readonly EventNames? allowEvents;
    private readonly EventNames denyEvents = EventNames.None;
    private readonly Renames renameEvents = Renames.None;
    private readonly FieldRules traitRules = FieldRules.None;
    private readonly FieldRules propertyRules = FieldRules.None;

    /// <summary>
    /// The only track, page and screen events that are mapped; others are filtered with <see cref="FilterReason.EventList"/>. Identify
    /// and alias calls are not concerned.
    /// </summary>
    /// <value>Default null: every event. An empty list allows none.</value>
    /// <remarks>
    /// A track call is listed by its <c>event</c>, as it came: <c>Order Completed</c> and not <c>Charged</c>. A page or screen call is
    /// listed by the event that it becomes, such as <c>Web Page Viewed: Home</c>, before <see cref="RenameEvents"/>. Names are
    /// compared exactly, without white space around them. A name must not be blank, or in <see cref="DenyEvents"/> too.
    /// </remarks>
    public IReadOnlyList<string>? AllowEvents
    {
        get => allowEvents?.Names;
        init => allowEvents = value is null ? null : new EventNames(value);
    }

    /// <summary>
    /// Track, page and screen events that are filtered with <see cref="FilterReason.EventList"/>, by the names of
    /// <see cref="AllowEvents"/>.
    /// </summary>
    /// <value>Default empty.</value>
    /// <exception cref="ArgumentNullException">The list is null.</exception>
    public IReadOnlyList<string> DenyEvents
    {
        get => denyEvents.Names;
        init => denyEvents = new EventNames(value);
    }

    /// <summary>New names of track, page and screen events: the name of <see cref="AllowEvents"/>, and the new name.</summary>
    /// <value>Default empty. Several events may get one name.</value>
    /// <remarks>
    /// An event that gets the name <c>Order Completed</c> or <c>Charged</c> is mapped as an order, and an order that gets another name
    /// is not. A new name must not be blank or one of CleverTap's own events.
    /// </remarks>
    /// <exception cref="ArgumentNullException">The dictionary is null.</exception>
    public IReadOnlyDictionary<string, string> RenameEvents
    {
        get => renameEvents.Names;
        init => renameEvents = Renames.OfEvents(value);
    }

    /// <summary>
    /// New names of traits: the exact name in <c>traits</c> or <c>context.traits</c>, and the name in CleverTap, which is not changed by
    /// <see cref="TraitNaming"/>.
    /// </summary>
    /// <value>Default empty.</value>
    /// <remarks>
    /// The event is mapped as if it had come with the new name. A trait that gets the name of a standard field (<c>Phone</c> or
    /// <c>phone</c>) becomes this field. If an event has two traits that come to one name, the later is sent, with the warning
    /// <see cref="WarningCode.NameCollision"/>. Ids and times are read before. Members of <c>overrideFields</c> are not concerned. A
    /// new name must not be blank, an identity, <c>ts</c>, <c>overrideFields</c>, or the new name of two traits.
    /// </remarks>
    /// <exception cref="ArgumentNullException">The dictionary is null.</exception>
    public IReadOnlyDictionary<string, string> RenameTraits
    {
        get => traitRules.Renames.Names;
        init => traitRules = new FieldRules(Renames.OfTraits(value), traitRules.Drops);
    }

    /// <summary>
    /// New names of the properties of track, page and screen events: the exact name in <c>properties</c>, and the new name.
    /// </summary>
    /// <value>Default empty.</value>
    /// <remarks>
    /// The event is mapped as if it had come with the new name: a property that gets the name <c>revenue</c> is the amount of an
    /// order. The rules of <see cref="RenameTraits"/> apply; only <c>ts</c> is reserved.
    /// </remarks>
    /// <exception cref="ArgumentNullException">The dictionary is null.</exception>
    public IReadOnlyDictionary<string, string> RenameProperties
    {
        get => propertyRules.Renames.Names;
        init => propertyRules = new FieldRules(Renames.OfProperties(value), propertyRules.Drops);
    }

    /// <summary>
    /// Traits that are dropped, by their exact name in <c>traits</c> or <c>context.traits</c>, before <see cref="RenameTraits"/>. Ids and
    /// times are read before.
    /// </summary>
    /// <value>Default empty. A name must not be blank, or in <see cref="RenameTraits"/> too.</value>
    /// <exception cref="ArgumentNullException">The list is null.</exception>
    public IReadOnlyList<string> DropTraits
    {
        get => traitRules.Drops.Names;
        init => traitRules = new FieldRules(traitRules.Renames, new NameList(value));
    }

    /// <summary>
    /// Properties of track, page and screen events that are dropped, by their exact name in <c>properties</c>, before
    /// <see cref="RenameProperties"/>. Times are read before.
    /// </summary>
    /// <value>Default empty. A name must not be blank, or in <see cref="RenameProperties"/> too.</value>
    /// <exception cref="ArgumentNullException">The list is null.</exception>
    public IReadOnlyList<string> DropProperties
    {
        get => propertyRules.Drops.Names;
        init => propertyRules = new FieldRules(propertyRules.Renames, new NameList(value));
    }

    internal bool HasEventLists => allowEvents is not null || !denyEvents.IsEmpty;

    internal Renames EventRenames => renameEvents;

    internal FieldRules TraitRules => traitRules;

    internal FieldRules PropertyRules => propertyRules;

    /// <summary>Whether a list keeps an event of this name from CleverTap.</summary>
    internal bool IsExcluded(string name) => denyEvents.Contains(name) || allowEvents?.Contains(name) == false;
}
