using CleverTap.Rudder.Internal.Mapping;

namespace CleverTap.Rudder;

/// <content>
/// The rules of the host. Event lists apply to the original event. Renames and drops follow: the event is mapped as if it had arrived
/// with the new names and without the dropped members.
/// </content>
public sealed partial record MappingOptions
{
    private readonly EventNames? allowEvents;
    private readonly EventNames denyEvents = EventNames.None;
    private readonly Renames renameEvents = Renames.None;
    private readonly FieldRules traitRules = FieldRules.None;
    private readonly FieldRules propertyRules = FieldRules.None;

    /// <summary>Gets the names of the only track, page and screen events that are mapped.</summary>
    /// <value>Null in both presets: every event. An empty list allows no event.</value>
    /// <remarks>
    /// <para>
    /// Other events are filtered with <see cref="FilterReason.EventList"/>. The option does not apply to identify and alias calls.
    /// </para>
    /// <para>
    /// A track call is listed by its original <c>event</c>: <c>Order Completed</c>, not <c>Charged</c>. A page or screen call is
    /// listed by the event that it becomes, such as <c>Web Page Viewed: Home</c>, before <see cref="RenameEvents"/>. Names are
    /// compared exactly, without white space around them. A name must not be blank and must not be in <see cref="DenyEvents"/>.
    /// </para>
    /// </remarks>
    public IReadOnlyList<string>? AllowEvents
    {
        get => allowEvents?.Names;
        init => allowEvents = value is null ? null : new EventNames(value);
    }

    /// <summary>Gets the names of track, page and screen events that are filtered.</summary>
    /// <value>Empty in both presets.</value>
    /// <remarks>
    /// The events are filtered with <see cref="FilterReason.EventList"/>. Names are compared as in <see cref="AllowEvents"/>.
    /// </remarks>
    /// <exception cref="ArgumentNullException">The list is null.</exception>
    public IReadOnlyList<string> DenyEvents
    {
        get => denyEvents.Names;
        init => denyEvents = new EventNames(value);
    }

    /// <summary>Gets the new names of track, page and screen events, by the names that <see cref="AllowEvents"/> compares.</summary>
    /// <value>Empty in both presets. Several events may have the same new name.</value>
    /// <remarks>
    /// An event with the new name <c>Order Completed</c> or <c>Charged</c> is mapped as an order. An order with another new name is not
    /// mapped as an order. A new name must not be blank and must not be one of CleverTap's own events.
    /// </remarks>
    /// <exception cref="ArgumentNullException">The dictionary is null.</exception>
    public IReadOnlyDictionary<string, string> RenameEvents
    {
        get => renameEvents.Names;
        init => renameEvents = Renames.CreateForEvents(value);
    }

    /// <summary>Gets the new names of traits, by their exact name in <c>traits</c> or <c>context.traits</c>.</summary>
    /// <value>Empty in both presets.</value>
    /// <remarks>
    /// <para>
    /// The event is mapped as if it had arrived with the new name, which <see cref="TraitNaming"/> does not change. A trait with the new
    /// name of a standard field (<c>Phone</c> or <c>phone</c>) becomes this field. If two traits of an event get the same name, the
    /// later one is sent, with the warning <see cref="WarningCode.NameCollision"/>. Of a trait of RudderStack and one with CleverTap's name
    /// (<c>email</c> and <c>Email</c>), the latter is sent.
    /// </para>
    /// <para>
    /// Ids and times are read before the rename. The option does not apply to members of <c>overrideFields</c>. A new name must not be
    /// blank, an identity, <c>ts</c>, <c>overrideFields</c>, or the new name of two traits.
    /// </para>
    /// </remarks>
    /// <exception cref="ArgumentNullException">The dictionary is null.</exception>
    public IReadOnlyDictionary<string, string> RenameTraits
    {
        get => traitRules.Renames.Names;
        init => traitRules = new FieldRules(Renames.CreateForTraits(value), traitRules.Drops);
    }

    /// <summary>Gets the new names of properties of track, page and screen events, by their exact name in <c>properties</c>.</summary>
    /// <value>Empty in both presets.</value>
    /// <remarks>
    /// The event is mapped as if it had arrived with the new name: a property with the new name <c>revenue</c> is the amount of an
    /// order. The rules of <see cref="RenameTraits"/> apply, but only <c>ts</c> is reserved.
    /// </remarks>
    /// <exception cref="ArgumentNullException">The dictionary is null.</exception>
    public IReadOnlyDictionary<string, string> RenameProperties
    {
        get => propertyRules.Renames.Names;
        init => propertyRules = new FieldRules(Renames.CreateForProperties(value), propertyRules.Drops);
    }

    /// <summary>Gets the names of traits that are dropped, exactly as in <c>traits</c> or <c>context.traits</c>.</summary>
    /// <value>Empty in both presets. A name must not be blank and must not be in <see cref="RenameTraits"/>.</value>
    /// <remarks>
    /// Traits are dropped before <see cref="RenameTraits"/> applies. Ids and times are read before. A dropped <c>email</c> is not taken from
    /// the properties of the identify call either.
    /// </remarks>
    /// <exception cref="ArgumentNullException">The list is null.</exception>
    public IReadOnlyList<string> DropTraits
    {
        get => traitRules.Drops.Names;
        init => traitRules = new FieldRules(traitRules.Renames, new NameList(value));
    }

    /// <summary>Gets the names of properties of track, page and screen events that are dropped, exactly as in <c>properties</c>.</summary>
    /// <value>Empty in both presets. A name must not be blank and must not be in <see cref="RenameProperties"/>.</value>
    /// <remarks>Properties are dropped before <see cref="RenameProperties"/> applies. Times are read before.</remarks>
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

    /// <summary>Whether a list excludes an event of this name.</summary>
    internal bool IsExcluded(string name) => denyEvents.Contains(name) || allowEvents?.Contains(name) == false;
}
