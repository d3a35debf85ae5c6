using System.Text.RegularExpressions;

namespace Tidemark.Server.Problems;

/// <summary>What the library says in words of the command line, in those of HTTP: requests for commands, parameters for flags. Pure.</summary>
internal static partial class ServiceWords
{
    /// <summary>What HTTP has nothing for is done where the service runs.</summary>
    private const string Elsewhere = " (on the command line, where the service runs)";

    /// <summary>In this order: what is longer comes before what it begins with.</summary>
    private static readonly (Regex Command, string Request)[] Table =
    [
        (Verify(), "POST repair"),
        (VerifySource(), "POST repair with {\"source\":[\"SOURCE\"]}"),
        (Word("verify"), "POST verify"),
        (Word("sync (?:SOURCE|FOLDER)"), "POST sync"),
        (Word("sync"), "POST sync"),
        (Word("runs"), "GET runs"),
        (Word("list --as-of"), "GET documents?asOf=TIME"),
        (Word("list"), "GET documents"),
        (Word("history (?<id>[^'; ]+)"), "GET history?document=${id}"),
        (Word("history"), "GET history"),
        (Word("archive list"), "GET archive"),
        (Word("golden list"), "GET golden"),
        (Word("golden remove QUERY"), "DELETE golden?query=QUERY"),
        (Word("golden record \"[^\"]*\" --expect [^ ';]+"), "POST golden with {\"query\":\"how do I install it\",\"expected\":[\"docs/install.md\"]}"),
        (Word("migrate status"), "GET migration"),
        (Word("migrate (?<verb>start|validate|promote|rollback|finish|cancel)"), "POST migration/${verb}"),
        (Word("namespace list"), "GET namespaces"),
        (Word("queue status"), "GET queue"),
        (Word("queue retry"), "POST queue/retry"),
        (Word("queue drop --dead"), "POST queue/drop with {\"dead\":true}"),
        (Word("queue drop"), "POST queue/drop"),
        (Word("hold list"), "GET holds"),
        (Word("hold release --source (?<id>[^'; ]+)"), "DELETE holds?sourceId=${id}"),
        (Word("hold release (?<id>[^'; ]+)"), "DELETE holds?document=${id}"),
        (Word("keys list"), "GET keys"),
        (Word("restore (?<id>[^'; ]+) --as-of TIME\\|RUN"), "POST restore with {\"document\":\"${id}\",\"asOf\":\"TIME|RUN\"}"),
        (Word("expire"), "POST expire"),
        (Word("forget"), "POST forget"),
        (Flag("mode keyword"), "mode=keyword"),
        (Flag("wait SECONDS"), "'Prefer: wait=SECONDS'"),
        (Flag("allow-delete"), "{\"allowDelete\":true}"),
        (Flag("accept"), "{\"accept\":true}"),
        (Flag("as-of"), "asOf"),
        (Flag("include-archived"), "includeArchived"),
        (Flag("filter"), "filter"),
        (Flag("path '(?<text>[^']+)'"), "path=${text}"),
        (Flag("namespace (?<name>[^'; ,)]+)"), "namespace=${name}"),
        (Flag("dead and --all"), "'dead' and 'all'"),
        (Flag("retry-refused"), "{\"retryRefused\":true}"),
        (Same(), "send the same request"),
        (RunRequest(), "send ${request}"),
    ];

    /// <param name="text">A remedy, or a message.</param>
    /// <param name="isRemedy">What is left of the command line is said to be that.</param>
    public static string Of(string text, bool isRemedy = true)
    {
        if (!Shell().IsMatch(text))
        {
            return text;
        }

        foreach (var (command, request) in Table)
        {
            text = command.Replace(text, request);
        }

        return isRemedy && Shell().IsMatch(text) ? text + Elsewhere : text;
    }

    private static Regex Word(string command) => Made($@"tidemark {command}(?![\w-]| --| [a-z]+ --)");

    private static Regex Flag(string flag) => Made($@"'?(?<![\w-])--{flag}(?![\w-])'?");

    private static Regex Made(string pattern) => new(pattern, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    [GeneratedRegex("tidemark verify --repair(?! --)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Verify();

    [GeneratedRegex("tidemark verify SOURCE --repair(?! --)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VerifySource();

    [GeneratedRegex("run the same command", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Same();

    [GeneratedRegex("run (?<request>'?(GET|POST|DELETE) )", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RunRequest();

    [GeneratedRegex("tidemark [a-z]|(?<![A-Za-z-])--[a-z]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shell();
}
