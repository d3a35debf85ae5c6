using System.Globalization;
using Tidemark.Records;
using Tidemark.Searching;
using Tidemark.Server.Http;
using Tidemark.Wire;

namespace Tidemark.Server.Dashboard.Pages;

/// <summary>One question asked in three ways, side by side; while a migration goes on, of both generations.</summary>
internal sealed record SearchModel
{
    private const int RunsNamed = 30;

    public static readonly IReadOnlyList<SearchMode> Modes = [SearchMode.Hybrid, SearchMode.Keyword, SearchMode.Vector];

    public string Query { get; private init; } = "";

    public int Count { get; private init; }

    public string Filter { get; private init; } = "";

    public string Path { get; private init; } = "";

    public string Source { get; private init; } = "";

    /// <summary>The run, or the time, as of which one looks; empty: now.</summary>
    public string AsOf { get; private init; } = "";

    /// <summary>The last runs, the newest first, to look as of one of them.</summary>
    public IReadOnlyList<RunRecord> Runs { get; private init; } = [];

    /// <summary>So many of them are not looked at; 0: as it is now.</summary>
    public int Back { get; private init; }

    /// <summary>The run before those that are not looked at; else what <see cref="AsOf"/> says.</summary>
    public string Moment => AsOf.Length > 0 || Back == 0 ? AsOf : Runs[Back].Id.ToString(CultureInfo.InvariantCulture);

    /// <summary>The generation that answers, and the one beside it; null: there is none beside it.</summary>
    public (long Answers, long Beside)? Generations { get; private init; }

    /// <summary>Whether both are asked.</summary>
    public bool AsksBoth { get; private init; }

    /// <summary>Of each mode what was found, how long that took, or why it failed; empty: nothing was asked yet.</summary>
    public IReadOnlyList<SearchColumn> Columns { get; private init; } = [];

    public static async Task<SearchModel> ReadAsync(Call call)
    {
        var (runs, _) = await call.Index.RunsAsync(RunsNamed, call.Namespace, call.Ended);
        var asked = new SearchModel
        {
            Query = call.Arguments.Text("query")?.Trim() ?? "",
            Count = call.Arguments.Integer("k"),
            Filter = call.Arguments.Text("filter")?.Trim() ?? "",
            Path = call.Arguments.Text("path")?.Trim() ?? "",
            Source = call.Arguments.Text("source")?.Trim() ?? "",
            AsOf = call.Arguments.Text("asOf")?.Trim() ?? "",
            Runs = [.. runs.Where(run => run.FinishedAt is not null)],
            Generations = await GenerationsAsync(call),
        };
        asked = asked with
        {
            Back = asked.AsOf.Length > 0 ? 0 : Math.Clamp(call.Arguments.Integer("back"), 0, Math.Max(asked.Runs.Count - 1, 0)),
            AsksBoth = asked.Generations is not null && call.Arguments.Flag("both"),
        };
        if (asked.Query.Length == 0)
        {
            return asked;
        }

        var options = new SearchOptions
        {
            Namespace = call.Namespace,
            Limit = asked.Count,
            AsOf = asked.AsOf.Length > 0 ? call.Arguments.Moment("asOf") : asked.Back > 0 ? PointInTime.AfterRun(asked.Runs[asked.Back].Id) : null,
            Filter = FilterText.Parse(
                asked.Filter.Length == 0 ? [] : [asked.Filter],
                (InputName.Parameter("path"), asked.Path.Length == 0 ? null : asked.Path),
                (InputName.Parameter("source"), asked.Source.Length == 0 ? null : asked.Source)),
        };
        return asked with
        {
            Columns = asked.AsksBoth && options.AsOf is null
                ? [.. (await Task.WhenAll(Modes.Select(mode => AskBothAsync(call, asked, options with { Mode = mode })))).SelectMany(pair => pair)]
                : await Task.WhenAll(Modes.Select(mode => AskAsync(call, asked.Query, options with { Mode = mode }, null))),
        };
    }

    private static async Task<(long, long)?> GenerationsAsync(Call call)
    {
        var known = await call.Index.NamespaceAsync(call.Namespace, call.Ended);
        return known is { Generation: { } active, Beside: { Follows: true } beside } ? (active.Id, beside.Id) : null;
    }

    /// <summary>One way in both generations, each with what the other found.</summary>
    private static async Task<SearchColumn[]> AskBothAsync(Call call, SearchModel asked, SearchOptions options)
    {
        var (answers, beside) = asked.Generations!.Value;
        var pair = await Task.WhenAll(
            AskAsync(call, asked.Query, options, answers), AskAsync(call, asked.Query, options with { Beside = true }, beside));
        return [pair[0] with { FoundElsewhere = pair[1].Found }, pair[1] with { FoundElsewhere = pair[0].Found }];
    }

    /// <summary>One way that fails leaves the others: by words one finds while the model is down.</summary>
    private static async Task<SearchColumn> AskAsync(Call call, string query, SearchOptions options, long? generation)
    {
        var started = call.Service.Clock.GetTimestamp();
        try
        {
            var result = await call.Index.SearchAsync(query, options, call.Ended);
            return new SearchColumn(options.Mode, generation, result, call.Service.Clock.GetElapsedTime(started), null);
        }
        catch (TidemarkException e)
        {
            return new SearchColumn(options.Mode, generation, null, call.Service.Clock.GetElapsedTime(started), e);
        }
    }
}
