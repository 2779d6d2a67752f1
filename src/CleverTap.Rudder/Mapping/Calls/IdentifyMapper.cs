using System.Text.Json;
using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>Maps an identify call: the traits become a profile, and the push token of the device becomes a record too.</summary>
internal sealed class IdentifyMapper : BuiltInMapper, ICallMapper<IdentifyEvent>
{
    TransformResult ICallMapper<IdentifyEvent>.Map(IdentifyEvent rudderEvent, MappingOptions options) => MapEvent(rudderEvent, options);

    public override EventError? Map(in ParsedEvent parsed, MappingContext context)
    {
        ParsedContext eventContext = ParsedContext.Read(parsed.Context);
        if (!eventContext.Traits.IsNullOrMissing && eventContext.Traits.Kind != JsonValueKind.Object)
        {
            return EventError.WrongKind("context.traits", "an object");
        }

        context.Traits.Open(parsed.Traits, context.TraitNames);
        context.ContextTraits.Open(eventContext.Traits, context.TraitNames);

        // Ids and times are read before the rules of the host rename or drop traits.
        UserIds ids = UserIds.Read(parsed, context.Traits, context.ContextTraits);
        JsonSlice traitsTs = context.Traits[TraitMap.Ts];
        JsonSlice contextTs = context.ContextTraits[TraitMap.Ts];
        context.Options.TraitRules.Apply(context.Traits, context);
        context.Options.TraitRules.Apply(context.ContextTraits, context);
        BuildProfile(parsed, ids, context);
        if (ChooseIdentity(ids, context, out RecordIdentity user) is { } error)
        {
            return error;
        }

        JsonSlice ts = Timestamps.ResolveForProfile(parsed, traitsTs, contextTs, context);
        LinkAnonymousProfile(ids, ts, context);
        context.Records.WriteProfile(user, ts, context.Profile);
        DeviceTokens.Map(parsed, eventContext, user, context);
        return null;
    }

    private static void BuildProfile(in ParsedEvent parsed, in UserIds ids, MappingContext context)
    {
        context.UserId = ids.User;
        StandardTraits.Map(parsed, context, context.Profile);
        CustomTraits.Map(context, context.Profile);
        OverrideFields.Apply(context, context.Profile);
    }

    /// <summary>Chooses the identity of the profile record and adds the user id to a profile that has an objectId.</summary>
    private static EventError? ChooseIdentity(in UserIds ids, MappingContext context, out RecordIdentity user)
    {
        user = ids.ToRecordIdentity(context.Options);
        if (user.Field == RecordIdentity.IdField.ObjectId && ids.User.IsTruthy)
        {
            context.Profile.Set(TraitMap.Identity, ToText(ids.User));
        }

        if (user.Field != RecordIdentity.IdField.None)
        {
            return null;
        }

        // The SDK of a page has its own id for the user, so that a page can send traits without any id.
        bool canSendWithoutId = context.Options.IsForWeb && context.Profile.Count > 0;
        if (context.Options.RequireIds && !canSendWithoutId)
        {
            return UserIds.CreateMissingIdsError();
        }

        if (!context.Options.EnableObjectIdMapping)
        {
            user = RecordIdentity.FromIdentity(JsonSlice.Null);
        }

        return null;
    }

    /// <summary>
    /// Writes the record that links the anonymous profile to the user. It is written before the profile, so that the values of the profile
    /// are those of the linked user. With objectId mapping the profile itself links.
    /// </summary>
    private static void LinkAnonymousProfile(in UserIds ids, JsonSlice ts, MappingContext context)
    {
        MappingOptions options = context.Options;
        bool isEnabled = options.LinkAnonymousProfiles && !options.EnableObjectIdMapping && !options.IsForWeb;
        if (!isEnabled || !ids.User.IsTruthy || !ids.Anonymous.IsTruthy)
        {
            return;
        }

        if (!StandardField.IsIdentityText(ids.Anonymous))
        {
            context.Warn(
                WarningCode.IdentityRejected,
                "anonymousId",
                "CleverTap would reject the link from this anonymous id to the user, so none is sent; give a real anonymous id"
            );
        }
        else if (ids.User.ToText() != ids.Anonymous.ToText())
        {
            context.Records.WriteLink(RecordIdentity.FromIdentity(ids.Anonymous), ts, ids.User);
        }
    }

    private static JsonSlice ToText(JsonSlice id) => id.Kind == JsonValueKind.String ? id : JsonSlice.FromText(id.ToText());
}
