namespace Tidemark.Composition.Configuration;

/// <summary>Binds the configured sources.</summary>
/// <param name="cleanup">The cleanup mode for sources that name none; null: the source type's own.</param>
internal sealed class SourceBinder(string root, string? cleanup, ICollection<ConfigurationMistake> mistakes)
{
    public IReadOnlyList<SourceSettings> Bind(IReadOnlyList<SettingLayer> layers)
    {
        var bound = new List<SourceSettings>();
        var entries = layers.LastOrDefault(l => l.Sources is not null)?.Sources ?? [];
        foreach (var values in entries.Where(v => v.Has(SettingPaths.SourcePath) || v.Has(SettingPaths.SourceGit)))
        {
            if ((values.Has(SettingPaths.SourceGit) ? BindGit(values) : Bind(values)) is not { } source)
            {
                continue;
            }

            if (bound.Exists(b => string.Equals(b.Name, source.Name, StringComparison.Ordinal)))
            {
                mistakes.Add(new($"two sources are called '{source.Name}'", "give one of them another 'name'"));
            }

            bound.Add(source);
        }

        return bound;
    }

    private SourceSettings? BindGit(SettingValues values)
    {
        if (values.Has(SettingPaths.SourceType))
        {
            mistakes.Add(new("a source with 'git' has a 'type'", "leave 'type' out: what is committed is taken as files of a directory are"));
            return null;
        }

        try
        {
            var location = GitLocation.Of(
                values.Text(SettingPaths.SourceGit)!, values.Text(SettingPaths.SourceBranch), values.Text(SettingPaths.SourcePath) ?? "", root);
            return SourceValues.Apply(values, cleanup, new SourceSettings
            {
                Name = location.NameFrom(root),
                Path = location.ToString(),
                Given = location.ToString(),
                Type = SourceType.Git,
                Git = location,
                Url = SourceValues.BindUrl(values, mistakes),
                Schedule = values.Text(SettingPaths.SourceSchedule),
            });
        }
        catch (TidemarkException e)
        {
            mistakes.Add(new($"the 'git' of a source: {e.Message}", e.Remedy));
            return null;
        }
    }

    private SourceSettings Bind(SettingValues values)
    {
        var given = values.Text(SettingPaths.SourcePath)!;
        var path = Path.GetFullPath(given, root);
        var type = values.Text(SettingPaths.SourceType) switch
        {
            "directory" => SourceType.Directory,
            "jsonl" => SourceType.JsonLines,
            _ => SourceNames.IsJsonLines(path) && !Directory.Exists(path) ? SourceType.JsonLines : SourceType.Directory,
        };
        return SourceValues.Apply(values, cleanup, new SourceSettings
        {
            Name = SourceNames.Of(path, root),
            Path = path,
            Given = given,
            Type = type,
            Url = SourceValues.BindUrl(values, mistakes),
            Schedule = values.Text(SettingPaths.SourceSchedule),
        });
    }
}
