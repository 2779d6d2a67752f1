using System.Text.Json;
using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>identify: the traits become a profile, and the device's push token a record of its own.</summary>
internal sealed class IdentifyMapper : BuiltInMapper, ICallMapper<IdentifyEvent>
{
    private static readonly FieldName Identity = "identity";

    TransformResult ICallMapper<IdentifyEvent>.Map(IdentifyEvent rudderEvent, MappingOptions options) => MapEvent(rudderEvent, options);

    public override EventError? Map(in ParsedEvent e, MappingContext run)
    {
        ParsedContext context = ParsedContext.Read(e.Context);
        if (!context.Traits.IsNullOrMissing && context.Traits.Kind != JsonValueKind.Object)
        {
            return EventError.WrongKind("context.traits", "an object");
        }

        run.Traits.Open(e.Traits);
        run.ContextTraits.Open(context.Traits);
        UserIds ids = UserIds.Of(e, run.Traits, run.ContextTraits);
        (JsonSlice traitsTs, JsonSlice contextTs) = (run.Traits[TraitMap.Ts], run.ContextTraits[TraitMap.Ts]);
        run.Options.TraitRules.Apply(run.Traits, nameof(MappingOptions.RenameTraits), run);
        run.Options.TraitRules.Apply(run.ContextTraits, nameof(MappingOptions.RenameTraits), run);

        JsonFields profile = run.Target;
        MapStandardFields(e, run, profile);
        MapNameFromParts(run, profile);
        run.UserId = ids.User;
        CustomTraits.Map(run, profile);
        Override(run, profile);

        RecordIdentity user = ids.ToRecordUser(run.Options);
        if (user.Field == RecordIdentity.IdField.ObjectId && ids.User.IsTruthy)
        {
            profile.Set(Identity, Text(ids.User));
        }

        if (user.Field == RecordIdentity.IdField.None)
        {
            if (run.Options.RequireIds && (!run.Options.IsForWeb || profile.Count == 0))
            {
                return MissingIds();
            }

            if (!run.Options.EnableObjectIdMapping)
            {
                user = RecordIdentity.FromIdentity(JsonSlice.Null);
            }
        }

        JsonSlice ts = Timestamps.OfProfile(e, traitsTs, contextTs, run);
        Link(ids, ts, run);
        run.Records.WriteProfile(user, ts, profile);
        DeviceTokens.Map(e, context, user, run);
        return null;
    }

    /// <summary>A page's SDK has an id of its own for whoever is in front of it.</summary>
    public static bool MustHaveIds(MappingContext run) =>
        !run.Options.IsForWeb && (run.Options.RequireIds || run.Options.EnableObjectIdMapping);

    public static EventError MissingIds() =>
        new(EventErrorCode.IdMissing, "userId", "Unable to process without anonymousId or userId", "a userId or an anonymousId");

    /// <summary>Before the profile, so that the profile's values are those of the linked user. Under objectId mapping the profile links by itself.</summary>
    private static void Link(UserIds ids, JsonSlice ts, MappingContext run)
    {
        if (
            !run.Options.LinkAnonymousProfiles
            || run.Options.EnableObjectIdMapping
            || run.Options.IsForWeb
            || !ids.User.IsTruthy
            || !ids.Anonymous.IsTruthy
        )
        {
            return;
        }

        if (ids.User.ToText() != ids.Anonymous.ToText())
        {
            run.Records.WriteLink(RecordIdentity.FromIdentity(ids.Anonymous), ts, ids.User);
        }
    }

    private static void MapStandardFields(in ParsedEvent e, MappingContext run, JsonFields profile)
    {
        foreach (TraitMap.Row row in TraitMap.Rows)
        {
            JsonSlice value = First(run, row.Trait);
            if (!value.IsPresent && row.Trait.Equals(TraitMap.EmailTrait))
            {
                value = e.Properties.Member("email"u8);
            }

            if (!value.IsPresent)
            {
                continue;
            }

            if (row.Convert is not null)
            {
                value = row.Convert(value, run);
            }

            value = FieldValues.ConvertDate(row.Trait, row.Attribute, value, run);
            if (!value.IsMissing)
            {
                profile.Set(row.Attribute, value, CustomTraits.IsOperation(value, run.Options) ? FieldForm.KeepNested : FieldForm.Text);
            }
        }
    }

    private static void MapNameFromParts(MappingContext run, JsonFields profile)
    {
        if (profile[TraitMap.Name].IsTruthy)
        {
            return;
        }

        JsonSlice first = Part(run, TraitMap.FirstName);
        JsonSlice last = Part(run, TraitMap.LastName);
        if (!first.IsMissing && !last.IsMissing)
        {
            profile.Set(TraitMap.Name, run.Made.AddText(ContentOf(first), " "u8, ContentOf(last)));
        }
        else if (run.Options.NameFromOnePart && (first.IsMissing ? last : first) is { IsMissing: false } only)
        {
            profile.Set(TraitMap.Name, run.Made.AddText(ContentOf(only), default));
        }
    }

    /// <summary>
    /// overrideFields have the last word: they are neither renamed nor turned into text, and null takes a field away. Messaging flags
    /// and .NET dates get CleverTap's form here too, because it understands no other.
    /// </summary>
    private static void Override(MappingContext run, JsonFields profile)
    {
        JsonSlice fields = run.Traits[TraitMap.OverrideFields];
        if (!fields.IsTruthy)
        {
            fields = run.ContextTraits[TraitMap.OverrideFields];
        }

        if (fields.IsTruthy && fields.Kind != JsonValueKind.Object)
        {
            run.Warn(
                WarningCode.FieldIgnored,
                "traits.overrideFields",
                "overrideFields must be an object and was ignored; send an object of CleverTap's fields"
            );
        }

        var members = new MemberReader(fields);
        while (members.Next())
        {
            FieldName name = members.Name;
            JsonSlice value = NestedDates.Convert(members.Value, run);
            profile.Set(name, MessagingFlags.IsFlag(name) ? MessagingFlags.Convert(name, value, run) : value, FieldForm.KeepNested);
        }
    }

    private static JsonSlice First(MappingContext run, FieldName trait)
    {
        JsonSlice value = run.Traits[trait];
        return value.IsPresent ? value : run.ContextTraits[trait];
    }

    /// <summary>Missing where it is false to JavaScript, or has no text.</summary>
    private static JsonSlice Part(MappingContext run, FieldName[] spellings)
    {
        JsonSlice part = FirstOf(run.Traits, spellings);
        if (!part.IsPresent)
        {
            part = FirstOf(run.ContextTraits, spellings);
        }

        return part.IsTruthy && !part.IsContainer ? part : default;
    }

    private static ReadOnlySpan<byte> ContentOf(JsonSlice part) =>
        part.Kind == JsonValueKind.String ? part.ContentSpan() : JsonText.Encode(part.ToText());

    private static JsonSlice FirstOf(JsonFields traits, FieldName[] spellings)
    {
        foreach (FieldName spelling in spellings)
        {
            JsonSlice value = traits[spelling];
            if (value.IsPresent)
            {
                return value;
            }
        }

        return default;
    }

    private static JsonSlice Text(JsonSlice id) => id.Kind == JsonValueKind.String ? id : JsonSlice.FromText(id.ToText());
}
