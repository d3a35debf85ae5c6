namespace Tidemark.Composition.Configuration;

internal static class UnknownSetting
{
    /// <param name="known">The settings that could have been meant, in the spelling of the place.</param>
    public static ConfigurationMistake Describe(string place, string name, IReadOnlyCollection<string> known)
    {
        // A setting in the wrong section is found by its last name.
        var last = name[(name.LastIndexOf('.') + 1)..];
        var sections = known.Select(k => k[..Math.Max(0, k.LastIndexOf('.'))]).Distinct(StringComparer.Ordinal).Where(s => s.Length > 0);
        var nearest = NearestName.Find(name, [.. known, .. sections])
            ?? known.FirstOrDefault(k => k.EndsWith("." + last, StringComparison.OrdinalIgnoreCase));
        return new ConfigurationMistake(
            $"{place} is not a setting",
            nearest is null
                ? "remove it; 'docs/configuration.md' lists what there is"
                : $"did you mean '{nearest}'? otherwise remove it");
    }
}
