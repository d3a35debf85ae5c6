namespace Tidemark.Composition.Configuration;

/// <summary>How the service listens.</summary>
/// <param name="Listen">The address, with its scheme and port.</param>
/// <param name="Hosts">Names that requests may be sent to beside those of this machine itself.</param>
/// <param name="Prefix">Where its paths begin; empty: at the root.</param>
/// <param name="Works">Whether it carries queued changes out.</param>
/// <param name="RequestsPerMinute">Of everybody together; zero: no limit.</param>
internal sealed record ServiceSettings(string Listen, IReadOnlyList<string> Hosts, string Prefix, bool Works, int RequestsPerMinute)
{
    private const string DefaultListen = "http://127.0.0.1:7171";
    private const string JsonLog = "json";

    /// <summary>How long it goes on taking requests, and says that it is not ready, after it was told to stop.</summary>
    public TimeSpan Grace { get; private init; }

    /// <summary>Whether its log is JSON, one object a line; else it is text.</summary>
    public bool LogsJson { get; private init; }

    /// <summary>The settings.</summary>
    public static readonly IReadOnlyList<SettingDefinition> Table =
    [
        new(SettingPaths.ServerListen, SettingKind.Text,
            "Where `serve` listens. On an address that others can reach it takes requests with a key only, and does not start without one.")
        {
            Default = DefaultListen,
        },
        new(SettingPaths.ServerHosts, SettingKind.Texts,
            "Host names that requests to the service may be sent to, beside `localhost`: what stands in a browser's address line."),
        new(SettingPaths.ServerPrefix, SettingKind.Text, "Where the paths of the service begin: `/tidemark`. Unset: at the root."),
        new(SettingPaths.ServerWorks, SettingKind.Flag, "Whether `serve` carries queued changes out; else `worker` has to run somewhere.")
        {
            Default = "true",
        },
        new(SettingPaths.ServerGrace, SettingKind.Number,
            "How many seconds `serve` goes on taking requests after SIGTERM, while `health/ready` says that it is not ready: as long as a balancer takes to notice that.")
        {
            Default = "0", Minimum = 0, Maximum = 300,
        },
        new(SettingPaths.ServerLog, SettingKind.Choice, "How `serve` logs on standard error: as text, or as JSON, one object a line.")
        {
            Default = "text", Choices = ["text", JsonLog],
        },
        new(SettingPaths.ServerRequests, SettingKind.Integer, "How many requests a minute the service takes of everybody together; 0: no limit.")
        {
            Default = "0", Minimum = 0, Maximum = 10_000_000,
        },
    ];

    /// <summary>Every mistake goes to <paramref name="mistakes"/>.</summary>
    public static ServiceSettings Bind(SettingValues values, ICollection<ConfigurationMistake> mistakes)
    {
        var listen = values.Text(SettingPaths.ServerListen) ?? DefaultListen;
        if (!Uri.TryCreate(listen.Replace("://*", "://0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var address)
            || address.Scheme is not "http" || address.AbsolutePath != "/" || address.Query.Length > 0)
        {
            mistakes.Add(new ConfigurationMistake(
                $"'{SettingPaths.ServerListen}' is '{listen}'", "make it 'http://HOST:PORT'; in front of other machines, let a proxy speak https"));
        }

        var prefix = values.Text(SettingPaths.ServerPrefix) ?? "";
        if (prefix.Length > 0 && (prefix[0] != '/' || prefix[^1] == '/' || prefix.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('/' or '-' or '_' or '.'))))
        {
            mistakes.Add(new ConfigurationMistake($"'{SettingPaths.ServerPrefix}' is '{prefix}'", "make it a path as '/tidemark'"));
        }

        return new ServiceSettings(
            listen,
            values.Texts(SettingPaths.ServerHosts) ?? [],
            prefix,
            values.Flag(SettingPaths.ServerWorks) ?? true,
            (int)(values.Integer(SettingPaths.ServerRequests) ?? 0))
        {
            Grace = TimeSpan.FromSeconds(values.Number(SettingPaths.ServerGrace) ?? 0),
            LogsJson = values.Text(SettingPaths.ServerLog) == JsonLog,
        };
    }
}
