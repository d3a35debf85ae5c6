using System.Runtime.CompilerServices;
using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>
/// The documents of one source in a file of chunks, as an export with vectors gives it (or another system): one JSON
/// object a line with <c>document</c> and <c>text</c>, and where they are known <c>source</c>, <c>ordinal</c>,
/// <c>metadata</c>, <c>heading</c>, <c>vector</c>, <c>space</c>; the lines of a document stand together, in order: one whose lines
/// do not is not taken, since which of them are its chunks is not known.
/// </summary>
public sealed class ImportSource : IDocumentSource
{
    internal const int BlockBytes = 256 * 1_024;
    internal const int MaxLineBytes = 16_000_000;

    private readonly string _path;
    private readonly bool _reportsBadLines;
    private ImportSurvey? _survey;

    /// <param name="name">The <c>source</c> whose documents are meant; that of lines without one is <c>import</c>.</param>
    /// <param name="reportsBadLines">
    /// A line that cannot be read belongs to no source; of several sources over one file, one should report them.
    /// </param>
    public ImportSource(string path, string name, bool reportsBadLines = true)
    {
        _path = path;
        _reportsBadLines = reportsBadLines;
        Name = name;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>An import adds what it brings; it knows nothing of the rest.</summary>
    public CleanupMode DefaultCleanup => CleanupMode.None;

    /// <inheritdoc/>
    public ListingSize? Size => LineStream.Of(_path).Size;

    /// <summary>One source for each that the file names, in order; the first reports the bad lines.</summary>
    /// <exception cref="TidemarkException">The file is missing or cannot be read.</exception>
    public static async Task<IReadOnlyList<ImportSource>> OpenAllAsync(string path, CancellationToken cancellationToken)
    {
        var survey = await SurveyAsync(path, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<string> names = survey.Sources is { Count: > 0 } some ? some : [ImportLine.DefaultSource];
        return [.. names.Select((name, i) => new ImportSource(path, name, reportsBadLines: i == 0) { _survey = survey })];
    }

    /// <summary>The embedding space that the file's first line names; null: it names none.</summary>
    /// <exception cref="TidemarkException">The file is missing or cannot be read.</exception>
    public static Task<string?> PeekSpaceAsync(string path, CancellationToken cancellationToken) =>
        ImportedSpace.PeekAsync(path, cancellationToken);

    /// <summary>The distinct sources that the file names, in the order of their first lines.</summary>
    /// <exception cref="TidemarkException">The file is missing or cannot be read.</exception>
    public static async Task<IReadOnlyList<string>> ListNamesAsync(string path, CancellationToken cancellationToken) =>
        (await SurveyAsync(path, cancellationToken).ConfigureAwait(false)).Sources;

    /// <exception cref="TidemarkException">The file is missing or cannot be read.</exception>
    public async IAsyncEnumerable<ListingPage> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        _survey ??= await SurveyAsync(_path, cancellationToken).ConfigureAwait(false);
        var told = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var (groups, failures) in GroupAsync(_path, cancellationToken).ConfigureAwait(false))
        {
            yield return new ImportPage(
                [.. groups.Where(g => g.Source == Name && _survey.Takes(g, told))],
                _reportsBadLines ? failures : []);
        }
    }

    private static async Task<ImportSurvey> SurveyAsync(string path, CancellationToken cancellationToken)
    {
        var survey = new ImportSurvey();
        await foreach (var (groups, _) in GroupAsync(path, cancellationToken).ConfigureAwait(false))
        {
            groups.ForEach(survey.Add);
        }

        return survey;
    }

    private static async IAsyncEnumerable<(List<ImportGroup> Groups, List<ItemFailure> Failures)> GroupAsync(
        string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var grouping = new ImportGrouping();
        using var reader = LineStream.Of(path).Open(BlockBytes, MaxLineBytes);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false) is { } block)
        {
            using (block)
            {
                grouping.Add(block);
            }

            if (grouping.Bytes >= BlockBytes || grouping.HasFailures)
            {
                yield return grouping.TakeWhole();
            }
        }

        yield return grouping.TakeAll();
    }
}
