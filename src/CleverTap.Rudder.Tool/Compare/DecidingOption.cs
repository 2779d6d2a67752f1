using CleverTap.Rudder.Tool.Input;

namespace CleverTap.Rudder.Tool.Compare;

/// <summary>Finds the option that decides a difference by changing one option at a time.</summary>
internal sealed class DecidingOption(MappingOptions before, MappingOptions after)
{
    private readonly PresetResult reference = new(before);

    /// <summary>Default with one option of RudderTransformer, for each option in which they differ.</summary>
    private readonly (string Name, PresetResult Result)[] backwards = Variants(from: before, to: after);

    /// <summary>RudderTransformer with one option of Default.</summary>
    private readonly (string Name, PresetResult Result)[] forwards = Variants(from: after, to: before);

    /// <summary>Returns the option or options, each of which decides the difference.</summary>
    public string Find(in InputLine line, DifferenceKey key)
    {
        reference.Transform(line);
        List<string> names = Filter(backwards, line, key, hasDifference: false);
        if (names.Count == 0)
        {
            names = Filter(forwards, line, key, hasDifference: true);
        }

        return names.Count > 0 ? string.Join(", ", names) : "several options together";
    }

    /// <summary>Returns the options whose variant has the difference to the reference, or does not have it.</summary>
    private List<string> Filter((string Name, PresetResult Result)[] variants, in InputLine line, DifferenceKey key, bool hasDifference)
    {
        List<string> names = [];
        foreach ((string name, PresetResult variant) in variants)
        {
            variant.Transform(line);
            if (RecordComparer.Compare(reference, variant).Exists(difference => difference.Key == key) == hasDifference)
            {
                names.Add(name);
            }
        }

        return names;
    }

    private static (string Name, PresetResult Result)[] Variants(MappingOptions from, MappingOptions to) =>
        [
            .. PresetOptions
                .All.Select(option => (option.Name, Mapping: option.Copy(from, to)))
                .Where(variant => variant.Mapping != to)
                .Select(variant => (variant.Name, new PresetResult(variant.Mapping))),
        ];
}
