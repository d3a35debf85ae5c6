using Tidemark.Agents;

namespace Tidemark.Composition.Configuration;

internal static class SourceValues
{
    /// <summary>Puts what is set over what the source has.</summary>
    public static SourceSettings Apply(SettingValues values, string? cleanup, SourceSettings source) => source with
    {
        Name = values.Text(SettingPaths.SourceName) ?? source.Name,
        Cleanup = values.Text(SettingPaths.SourceCleanup) ?? source.Cleanup ?? cleanup,
        Include = values.Texts(SettingPaths.Include) ?? source.Include,
        Exclude = values.Texts(SettingPaths.Exclude) ?? source.Exclude,
        IgnoreFiles = values.Flag(SettingPaths.IgnoreFiles) ?? source.IgnoreFiles,
        IdKey = values.Text(SettingPaths.IdKey) ?? source.IdKey,
        SourceIdKey = values.Text(SettingPaths.SourceIdKey) ?? source.SourceIdKey,
        SourceIdTemplate = values.Text(SettingPaths.SourceIdTemplate) ?? source.SourceIdTemplate,
        TextKey = values.Text(SettingPaths.TextKey) ?? source.TextKey,
        Format = values.Text(SettingPaths.SourceFormat) ?? source.Format,
        TextTemplate = values.Text(SettingPaths.TextTemplate) ?? source.TextTemplate,
    };

    /// <returns>Null: none is set, or it is wrong and among the mistakes now.</returns>
    public static UrlTemplate? BindUrl(SettingValues values, ICollection<ConfigurationMistake> mistakes)
    {
        try
        {
            return values.Text(SettingPaths.SourceUrl) is { } template ? UrlTemplate.Parse(template) : null;
        }
        catch (TidemarkException e)
        {
            mistakes.Add(new($"the 'url' of a source: {e.Message}", e.Remedy));
            return null;
        }
    }
}
