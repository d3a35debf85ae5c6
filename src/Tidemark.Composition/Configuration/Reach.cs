using System.Collections;
using Tidemark.Records;
using Tidemark.Sources;

namespace Tidemark.Composition.Configuration;

/// <summary>
/// What a configuration file asks for beyond its folder: programs, addresses, variables of the environment, sources and a store
/// elsewhere. Whoever wrote the file may be somebody else than whoever runs the command.
/// </summary>
internal static class Reach
{
    /// <param name="file">The file's own settings, without what the environment or flags say.</param>
    /// <param name="root">The file's folder.</param>
    public static IReadOnlyList<ReachingSetting> Of(SettingLayer file, string root, IDictionary environment) =>
    [
        .. Store(file.Values, root),
        .. Sources(file, root),
        .. Feeds(file),
        .. Polls(file),
        .. Extractors(file),
        .. Tokenizer(file.Values, root),
        .. Endpoint(file.Values, environment),
        .. Index(file.Values),
        .. Telemetry(file.Values),
        .. Service(file.Values),
        .. Hooks(file),
    ];

    private static IEnumerable<ReachingSetting> Store(SettingValues values, string root)
    {
        var url = values.Text(SettingPaths.Store) ?? SettingTable.DefaultOf(SettingPaths.Store);
        if (StoreLocation.Parse(url, root, []) is not { } store)
        {
            yield break; // a mistake, which is told elsewhere
        }

        if (store.Server is not null)
        {
            yield return new(SettingPaths.Store, store.ToString(), url);
        }
        else if (!RealPath.IsInside(store.Path, root))
        {
            yield return Elsewhere(SettingPaths.Store, store.Path);
        }
    }

    private static IEnumerable<ReachingSetting> Sources(SettingLayer file, string root)
    {
        foreach (var (values, i) in (file.Sources ?? []).Select((values, i) => (values, i)))
        {
            if (values.Text(SettingPaths.SourceGit) is { } git)
            {
                yield return Git($"{SettingPaths.Sources}[{i}].{SettingPaths.SourceGit}", git, values);
            }
            else if (values.Text(SettingPaths.SourcePath) is { } given
                && Path.GetFullPath(given, root) is var path
                && !RealPath.IsInside(path, root))
            {
                yield return Elsewhere($"{SettingPaths.Sources}[{i}].{SettingPaths.SourcePath}", path);
            }
        }
    }

    /// <summary>A program reads it, and where it lies a file of its own may say that it lies elsewhere.</summary>
    private static ReachingSetting Git(string name, string repository, SettingValues values)
    {
        var (branch, path) = (values.Text(SettingPaths.SourceBranch), values.Text(SettingPaths.SourcePath));
        return new(name, $"{GitAddress.WithoutSecrets(repository)}  (the branch {branch ?? "HEAD"}, {path ?? "all of it"})", Whole([repository, branch, path]));
    }

    /// <summary>A database's rows are read, and a slot is made in it; and where the address is in a variable, whoever wrote the file may not have meant it.</summary>
    private static IEnumerable<ReachingSetting> Feeds(SettingLayer file)
    {
        foreach (var feed in file.Feeds)
        {
            var address = feed.Values.Text(SettingPaths.FeedAddress) ?? "";
            yield return new(
                $"{feed.Place}.{SettingPaths.FeedAddress}",
                $"{(FeedSettings.VariableOf(address) is null ? StoreLocation.WithoutSecrets(address) : address)}  (the tables {string.Join(", ", feed.Tables.Select(table => table.Name))})",
                Whole([address, feed.Values.Text(SettingPaths.FeedSlot), .. feed.Tables.SelectMany(Parts)]));
        }
    }

    private static IEnumerable<ReachingSetting> Polls(SettingLayer file)
    {
        foreach (var poll in file.Polls)
        {
            var address = poll.Values.Text(SettingPaths.SqlAddress) ?? "";
            var shown = FeedSettings.VariableOf(address) is null ? SqlAddress.Parse(address)?.ToString() ?? "an address that cannot be read" : address;
            yield return new(
                $"{poll.Place}.{SettingPaths.SqlAddress}",
                $"{shown}  (the tables {string.Join(", ", poll.Tables.Select(table => table.Name))})",
                Whole([address, .. poll.Tables.SelectMany(Parts)]));
        }
    }

    private static IEnumerable<string?> Parts((string Name, SettingValues Values) table) =>
    [
        table.Name,
        table.Values.Text(SettingPaths.FeedId),
        table.Values.Text(SettingPaths.FeedText),
        Whole(table.Values.Texts(SettingPaths.FeedMetadata) ?? []),
        table.Values.Text(SettingPaths.FeedExpiresAt),
        table.Values.Text(SettingPaths.FeedTier),
        .. table.Values.Has(SettingPaths.SqlQuery) ? ["query", table.Values.Text(SettingPaths.SqlQuery)] : Array.Empty<string?>(),
    ];

    /// <summary>Parts, each with its length, so that no two lists of them are one text.</summary>
    private static string Whole(IEnumerable<string?> parts) => string.Concat(parts.Select(part => part is null ? "-" : $"{part.Length}:{part}"));

    private static IEnumerable<ReachingSetting> Tokenizer(SettingValues values, string root)
    {
        if (values.Text(SettingPaths.Tokenizer) is { } given
            && Path.GetFullPath(given, root) is var path && !RealPath.IsInside(path, root))
        {
            yield return Elsewhere(SettingPaths.Tokenizer, path);
        }
    }

    private static IEnumerable<ReachingSetting> Extractors(SettingLayer file)
    {
        foreach (var (values, i) in (file.Extractors ?? []).Select((values, i) => (values, i)))
        {
            var command = values.Texts(SettingPaths.ExtractorCommand) ?? [];
            yield return new(
                $"{SettingPaths.Extractors}[{i}].{SettingPaths.ExtractorCommand}",
                $"{string.Join(' ', command.Select(Quote))}  (for {values.Text(SettingPaths.ExtractorGlob)})",
                $"{values.Text(SettingPaths.ExtractorGlob)}\0{string.Join('\0', command)}");
        }
    }

    /// <summary>A model on this machine gets nothing but the documents that lie here; unless a key would go along.</summary>
    private static IEnumerable<ReachingSetting> Endpoint(SettingValues values, IDictionary environment)
    {
        var standard = new ProviderSettings().KeyVariable;
        var variable = values.Text(SettingPaths.KeyVariable);
        var namesKey = variable is not null && variable != standard;
        if (values.Text(SettingPaths.BaseUrl) is { } url)
        {
            var hasKey = namesKey || environment[standard] is string { Length: > 0 };
            var isHere = Uri.TryCreate(url.Trim(), UriKind.Absolute, out var address) && SecretTransport.IsLocal(address);
            yield return new(SettingPaths.BaseUrl, WithoutSecrets(url), url, NeedsTrust: !isHere || hasKey);
        }

        if (namesKey)
        {
            yield return new(SettingPaths.KeyVariable, variable!, variable!);
        }
    }

    private static IEnumerable<ReachingSetting> Index(SettingValues values)
    {
        if (values.Text(SettingPaths.Index) is { } index
            && !string.Equals(index, PipelineIdentity.InStore, StringComparison.OrdinalIgnoreCase))
        {
            yield return new(SettingPaths.Index, IndexLocation.Parse(index, []) ?? SettingPaths.Index, index);
        }
    }

    private static IEnumerable<ReachingSetting> Telemetry(SettingValues values)
    {
        if (values.Text(SettingPaths.TelemetryEndpoint) is { } url)
        {
            yield return new(SettingPaths.TelemetryEndpoint, WithoutSecrets(url), url);
        }
    }

    /// <summary>Who may reach the documents is not for a folder to say.</summary>
    private static IEnumerable<ReachingSetting> Service(SettingValues values)
    {
        if (values.Text(SettingPaths.ServerListen) is { } listen
            && !(Uri.TryCreate(listen, UriKind.Absolute, out var address) && address.IsLoopback))
        {
            yield return new(SettingPaths.ServerListen, listen, listen);
        }

        if (values.Texts(SettingPaths.ServerHosts) is { Count: > 0 } hosts)
        {
            yield return new(SettingPaths.ServerHosts, string.Join(", ", hosts), string.Join('\0', hosts));
        }
    }

    /// <summary>By which variables senders are known, that one is not checked at all, and whose messages are taken, is not for a folder to say either.</summary>
    private static IEnumerable<ReachingSetting> Hooks(SettingLayer file)
    {
        foreach (var hook in HookSettings.Bind([file]))
        {
            if (hook.SecretVariables.Count > 0)
            {
                yield return new(
                    $"{SettingPaths.Hooks}.{hook.Name}.{SettingPaths.HookSecrets}",
                    string.Join(", ", hook.SecretVariables),
                    $"{hook.Signature}\0{string.Join('\0', hook.SecretVariables)}");
            }

            if (hook.Broker is { } broker)
            {
                var shown = FeedSettings.VariableOf(broker) is not null ? broker
                    : RabbitAddress.Parse(broker) is { } address ? RabbitAddress.Shown(address) : "an address that cannot be read";
                var queue = hook.Values.Text(SettingPaths.HookQueue);
                yield return new($"{SettingPaths.Hooks}.{hook.Name}.{SettingPaths.HookRabbit}", $"{shown}  (the queue '{queue}')", Whole([broker, queue]));
            }

            if (hook.Signature == HookTable.None)
            {
                yield return new($"{SettingPaths.Hooks}.{hook.Name}.{SettingPaths.HookSignature}", "senders are not checked", hook.Signature);
            }
        }
    }

    /// <summary>Where it leads is part of it: a link that leads elsewhere tomorrow has to be trusted anew.</summary>
    private static ReachingSetting Elsewhere(string name, string path) =>
        new(name, RealPath.Of(path) ?? path, RealPath.Of(path) ?? path);

    private static string WithoutSecrets(string url) =>
        Uri.TryCreate(url.Trim(), UriKind.Absolute, out var address) && address.Host.Length > 0
            ? $"{address.Scheme}://{address.Authority}{address.AbsolutePath}"
            : "an address that cannot be read";

    private static string Quote(string part) =>
        part.Length > 0 && !part.Any(c => char.IsWhiteSpace(c) || c is '\'' or '"') ? part : $"'{part}'";
}
