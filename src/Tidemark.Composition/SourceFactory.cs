using System.Collections;
using Tidemark.Composition.Configuration;
using Tidemark.Documents;
using Tidemark.Formats;
using Tidemark.Sources;

namespace Tidemark.Composition;

/// <summary>Makes the sources that were resolved; those of one name become one source.</summary>
/// <param name="cleanup">What the call asked for; it wins over what the sources say.</param>
internal sealed class SourceFactory(TidemarkSettings settings, CleanupMode? cleanup, TimeProvider clock)
{
    private readonly List<IDocumentSource> _unseen = [];

    /// <summary>Opens the standard input, or says what to do where it cannot be read; null: the process has none to offer.</summary>
    public Func<string, Stream>? StandardInput { get; init; }

    /// <summary>What remembers and hears of a connector, by its source's name; null: nothing does.</summary>
    public Func<string, IConnectorJournal>? Journal { get; init; }

    /// <summary>What remembers how far a database was read, by its source's name; null: nothing does, and it is read whole.</summary>
    public Func<string, ISqlJournal>? Polls { get; init; }

    /// <summary>Where addresses of databases may be; null: in that of this process.</summary>
    public IDictionary? Environment { get; init; }

    /// <summary>Databases are read whole, whatever is due.</summary>
    public bool Whole { get; init; }

    /// <summary>What they list goes to the change queue.</summary>
    public bool ForQueue { get; init; }

    public IReadOnlyList<IDocumentSource> Create(IReadOnlyList<SourceSettings> sources)
    {
        var made = new List<IDocumentSource>(sources.Count);
        foreach (var group in sources.GroupBy(s => s.Name, StringComparer.Ordinal))
        {
            made.Add(Create(group.Key, [.. group]));
        }

        return made;
    }

    /// <summary>
    /// Looks at the beginning of every file whose records may lack what the cleanup mode needs, so that what is wrong with
    /// it as a whole leaves nothing behind. (A stream cannot be looked at twice: it is read under the writer lease.)
    /// </summary>
    /// <exception cref="TidemarkException">A source as a whole cannot be synced so.</exception>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        foreach (var source in _unseen)
        {
            await using var pages = source.ListAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
            if (await pages.MoveNextAsync())
            {
                pages.Current.Dispose();
            }
        }
    }

    private IDocumentSource Create(string name, SourceSettings[] sources)
    {
        if (sources.Length > 1 && Array.Find(sources, one => one.Connector is not null) is { } messages)
        {
            throw new TidemarkException(
                ErrorCodes.Usage, $"'{messages.Given}' has a connector's messages, and another source has the same name '{name}'", "sync one of them at a time");
        }

        var source = sources.Length == 1
            ? Create(sources[0])
            : new CompositeSource(name, [.. sources.Select(s => (s.Given, Create(s)))]);
        return sources[0] is { Type: SourceType.JsonLines, Connector: null } && CleanupModeName.Parse(sources[0].Cleanup) is { } mode
            ? new CleanupChoice(source, mode)
            : source;
    }

    private IDocumentSource Create(SourceSettings source)
    {
        if (source.Type == SourceType.Directory)
        {
            return new DirectorySource(FolderOf(source));
        }

        if (source.Git is { } git)
        {
            return new GitSource(GitOf(source, git));
        }

        if (source.Sql is { } sql)
        {
            return CreateSql(source, sql);
        }

        if (source.Connector is { } format)
        {
            return CreateConnector(source, format);
        }

        var options = JsonLinesOptions(source);
        var stream = source.Path == SourceSettings.StandardInput;
        var lines = stream
            ? new JsonLinesSource(OpenInput("pipe JSON lines in, or name a file of them"), options)
            : new JsonLinesSource(source.Path, options);
        if (options.RequireIdentity && !stream)
        {
            _unseen.Add(lines);
        }

        return lines;
    }

    private SqlSource CreateSql(SourceSettings source, SqlSettings sql)
    {
        var (database, dialect, shown) = new SqlComposer(settings.Root, Environment ?? System.Environment.GetEnvironmentVariables()).Compose(source.Name, sql);
        return new SqlSource(new SqlOptions
        {
            Name = source.Name,
            Database = database,
            Dialect = dialect,
            Tables = sql.Tables,
            Address = shown,
            Journal = Polls?.Invoke(source.Name),
            Overlap = sql.Overlap,
            IsDue = sql.IsDue is { } isDue ? last => isDue(last, clock.GetUtcNow()) : null,
            Whole = Whole || cleanup == CleanupMode.Full,
            Cleanup = cleanup ?? (CleanupModeName.Parse(source.Cleanup) is { } mode and not CleanupMode.Incremental ? mode : null),
            MaxTextLength = settings.Limits.MaxFileBytes,
            Clock = clock,
        });
    }

    private ConnectorSource CreateConnector(SourceSettings source, ConnectorFormat format)
    {
        var options = new ConnectorOptions
        {
            Name = source.Name,
            Format = format,
            IdKey = source.IdKey,
            TextKey = source.TextKey,
            TextTemplate = source.TextTemplate,
            Cleanup = cleanup ?? CleanupModeName.Parse(source.Cleanup),
            Journal = Journal?.Invoke(source.Name),
            MaxLineBytes = (int)settings.Limits.MaxLineBytes,
        };
        return source.Path == SourceSettings.StandardInput
            ? new ConnectorSource(OpenInput("pipe a connector's messages in, or name a file of them"), options)
            : new ConnectorSource(source.Path, options);
    }

    /// <summary>A tree of git with its settings.</summary>
    private GitOptions GitOf(SourceSettings source, GitLocation git)
    {
        var folder = FolderOf(source);
        return new GitOptions
        {
            Cleanup = folder.Cleanup,
            Name = source.Name,
            Repository = git.Repository,
            Revision = git.Revision,
            Folder = git.Folder,
            Include = folder.Include,
            Exclude = folder.Exclude,
            NoIgnore = folder.NoIgnore,
            MaxFileBytes = folder.MaxFileBytes,
            Extractors = folder.Extractors,
            FileExtractors = folder.FileExtractors,
        };
    }

    /// <summary>A directory with its settings.</summary>
    public DirectoryOptions FolderOf(SourceSettings source) => new()
    {
        Cleanup = CleanupModeName.Parse(source.Cleanup),
        Name = source.Name,
        Path = source.Path,
        Parts = source.Parts,
        Include = source.Include ?? [],
        Exclude = source.Exclude,
        NoIgnore = !source.IgnoreFiles,
        MaxFileBytes = settings.Limits.MaxFileBytes,
        Extractors = DefaultExtractors.With(settings.Html),
        FileExtractors = settings.Extractors.Count == 0 ? [] : Commands(),
        Clock = clock,
    };

    private JsonLinesOptions JsonLinesOptions(SourceSettings source)
    {
        var mode = cleanup ?? CleanupModeName.Parse(source.Cleanup) ?? CleanupMode.Incremental;
        return new JsonLinesOptions
        {
            Name = source.Name,
            IdKey = source.IdKey,
            TextKey = source.TextKey,
            TextTemplate = source.TextTemplate,
            SourceIdKey = source.SourceIdKey,
            SourceIdTemplate = source.SourceIdTemplate,
            RequireIdentity = mode == CleanupMode.Incremental,
            ForQueue = ForQueue,
            MaxLineBytes = (int)settings.Limits.MaxLineBytes,
        };
    }

    private Stream OpenInput(string remedy) => StandardInput?.Invoke(remedy)
        ?? throw new TidemarkException(ErrorCodes.Usage, "there is no standard input to read", remedy);

    private CommandExtractor[] Commands() => [.. settings.Extractors.Select(e => new CommandExtractor(e, clock))];
}
