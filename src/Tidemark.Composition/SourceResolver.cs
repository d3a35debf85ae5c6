using Tidemark.Composition.Configuration;
using Tidemark.Files;

namespace Tidemark.Composition;

/// <summary>
/// Says which sources a call means. A configured source is meant by its name or its path; else an argument is a
/// directory, a file of JSON lines, or <c>-</c>.
/// </summary>
/// <param name="folder">The working directory, which arguments are relative to.</param>
/// <param name="flags">Source settings of the command line, which win over the configured ones.</param>
internal sealed class SourceResolver(TidemarkSettings settings, string folder, SettingValues flags)
{
    /// <param name="required">Whether it is an error to name none where none is configured.</param>
    /// <exception cref="TidemarkException"><c>usage</c> or <c>source.missing</c>.</exception>
    public IReadOnlyList<SourceSettings> Resolve(IReadOnlyList<string> arguments, bool required)
    {
        var sources = arguments.Count == 0
            ? settings.Sources
            : [.. arguments.Select(Find).DistinctBy(s => s.Path, StringComparer.Ordinal)];
        if (sources.Count == 0 && required)
        {
            throw Usage(
                "no source is named, and none is configured",
                "name a directory or a file of JSON lines ('tidemark sync docs'), or run 'tidemark init'");
        }

        SourceSettings[] resolved = [.. sources.Select(s => Named(SourceValues.Apply(flags, settings.Cleanup, s)))];
        foreach (var source in resolved)
        {
            Check(source);
        }

        return resolved;
    }

    /// <summary>
    /// The same sources with those that lie in another one as parts of it. Only the store knows the folders that were synced without
    /// being configured.
    /// </summary>
    /// <param name="sources">What <see cref="Resolve"/> gave.</param>
    /// <param name="registered">What the store knows.</param>
    /// <exception cref="TidemarkException"><c>usage</c>: two folders would be one source.</exception>
    public IReadOnlyList<SourceSettings> Settle(
        IReadOnlyList<SourceSettings> sources, RegisteredSources registered) =>
        new SourceParts(settings, flags, registered).Settle(sources);

    /// <summary>Messages that are given ad hoc are called as their protocol.</summary>
    private static SourceSettings Named(SourceSettings source) => source is { Connector: not null, Name: SourceNames.AdHocJsonLines, Type: SourceType.JsonLines }
        ? source with { Name = source.Format! }
        : source;

    private static void Check(SourceSettings source)
    {
        CheckKeys(source.SourceIdKey, source.SourceIdTemplate, "source-id");
        CheckKeys(source.TextKey, source.TextTemplate, "text");
        if (source.Name.Any(char.IsControl))
        {
            throw new TidemarkException(
                ErrorCodes.SourceName,
                $"the source's name '{source.Name}' has control characters",
                "give it another one with '--source-name' or 'name'");
        }
    }

    private static void CheckKeys(string? key, string? template, string what)
    {
        if (key is not null && template is not null)
        {
            throw Usage(
                $"both a {what} key ('{key}') and a {what} template ('{template}') are given",
                $"keep one of '--{what}-key' and '--{what}-template'");
        }
    }

    private static TidemarkException Usage(string message, string remedy) => new(ErrorCodes.Usage, message, remedy);

    private SourceSettings Find(string argument)
    {
        if (argument == SourceSettings.StandardInput)
        {
            return JsonLines(argument, argument);
        }

        if (argument.Length == 0 || argument.Contains('\0', StringComparison.Ordinal))
        {
            throw Usage("a source's name is empty or has a NUL character", "name a directory or a file of JSON lines");
        }

        if (argument.StartsWith(GitLocation.Scheme, StringComparison.Ordinal))
        {
            return FindTree(argument);
        }

        if (settings.Sources.FirstOrDefault(source => source.Sql is not null && source.Path == argument) is { } database)
        {
            return database;
        }

        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(argument, folder));
        var byName = settings.Sources.FirstOrDefault(s => string.Equals(s.Name, argument, StringComparison.Ordinal));
        var byPath = settings.Sources.FirstOrDefault(s => PathOf(s) == path);
        if (byName is not null && PathOf(byName) != path && IsThere(path))
        {
            throw Ambiguous(argument, path, byName);
        }

        return (byName ?? byPath) is { } configured ? configured
            : Directory.Exists(path) ? FindFolder(argument, path)
            : File.Exists(path) ? FindFile(argument, path)
            : throw Missing(argument, path);
    }

    private SourceSettings FindTree(string argument)
    {
        var given = argument.StartsWith("git://", StringComparison.Ordinal) ? argument : argument[GitLocation.Scheme.Length..];
        var location = GitLocation.Parse(given, folder);
        if (settings.Sources.FirstOrDefault(source => source.Git == location) is { } configured)
        {
            return configured;
        }

        // A repository that is configured is meant at another commit; the settings are the same.
        var others = settings.Sources.Where(source => source.Git == location with { Revision = source.Git?.Revision }).ToArray();
        var shown = location.ToString();
        return others is [var one]
            ? one with { Git = location, Path = shown, Given = shown }
            : new SourceSettings { Name = location.NameFrom(settings.Root), Path = shown, Given = shown, Type = SourceType.Git, Git = location };
    }

    private static string PathOf(SourceSettings source) => Path.TrimEndingDirectorySeparator(source.Path);

    /// <summary>Also what could not be synced: whoever typed it may have meant it.</summary>
    private static bool IsThere(string path) => Path.Exists(path);

    private static bool IsSource(string path) => Directory.Exists(path) || (SourceNames.IsJsonLines(path) && File.Exists(path));

    private SourceSettings FindFolder(string argument, string path)
    {
        var name = SourceNames.Of(path, settings.Root);
        var other = settings.Sources.FirstOrDefault(s => string.Equals(s.Name, name, StringComparison.Ordinal));
        return other is null || flags.Has(SettingPaths.SourceName)
            ? new SourceSettings { Name = name, Path = path, Given = argument, Type = SourceType.Directory }
            : throw Usage(
                $"the folder '{path}' would be called '{name}', as the configured source at '{other.Path}' is",
                "give it another name: '--source-name NAME'");
    }

    /// <summary>Whichever was taken, it might be the wrong one, and to sync the wrong one deletes what the right one has.</summary>
    private TidemarkException Ambiguous(string argument, string path, SourceSettings configured) => Usage(
        $"'{argument}' is '{path}', and also the name of the configured source {(configured.Sql is null ? $"at '{configured.Path}'" : "that is a database")}",
        (IsSource(path) ? $"say 'tidemark sync .{Path.DirectorySeparatorChar}{argument}{OtherName(path)}' for the former, " : "say ")
        + $"'tidemark sync {(configured.Git is null && configured.Sql is null ? Path.GetRelativePath(folder, configured.Path) : configured.Path)}' for the latter");

    /// <summary>Without it a folder that would be called as a configured source is refused.</summary>
    private string OtherName(string path) =>
        Directory.Exists(path) && SourceNames.Of(path, settings.Root) is var name && settings.Sources.Any(source => source.Name == name)
            ? " --source-name NAME"
            : "";

    private static SourceSettings FindFile(string argument, string path) =>
        SourceNames.IsJsonLines(path) ? JsonLines(argument, path)
            : FileFacts.Of(path, follow: true) is { Type: not FileType.File } ? throw Usage(
                $"'{argument}' is a pipe or a device, and a source is a directory or a file of JSON lines",
                $"name one; JSON lines that a program writes into a pipe are read with: tidemark sync - < {argument}")
            : throw Usage(
                $"'{argument}' is a file, but not of JSON lines ({string.Join(", ", SourceNames.JsonLinesEndings)})",
                $"name its folder: tidemark sync {Path.GetDirectoryName(argument) switch
                {
                    null or "" => ".",
                    var parent => parent,
                }}; JSON lines of another ending can be piped in: tidemark sync - < {argument}");

    private static SourceSettings JsonLines(string argument, string path) => new()
    {
        Name = SourceNames.AdHocJsonLines,
        Path = path,
        Given = argument,
        Type = SourceType.JsonLines,
    };

    private TidemarkException Missing(string argument, string path)
    {
        try
        {
            _ = FileFacts.Of(path, follow: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new TidemarkException(
                ErrorCodes.SourceUnreadable,
                $"'{argument}' cannot be looked at: {e.Message}",
                "let this user enter the folders that it lies in",
                e);
        }

        if (settings.Feeds.Any(feed => feed.Name == argument))
        {
            return Usage($"'{argument}' is a database, and its changes come from its log", $"run 'tidemark feed {argument}', and a worker beside it");
        }

        var nearest = NearestName.Find(argument, settings.Sources.Select(s => s.Name));
        return new TidemarkException(
            ErrorCodes.SourceMissing,
            $"there is no directory, file or configured source '{argument}'",
            nearest is null
                ? "check the path; it is relative to the working directory"
                : $"did you mean the configured source '{nearest}'?");
    }
}
