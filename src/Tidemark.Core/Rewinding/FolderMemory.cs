using System.Globalization;
using System.Text;
using Tidemark.Files;
using Tidemark.Records;

namespace Tidemark.Rewinding;

/// <summary>
/// What this user's processes have seen of a store: a small file for each of its namespaces, with a line for each address under which it was
/// seen, so that a copy that somebody looks at elsewhere is not taken for the store itself.
/// </summary>
/// <param name="folder">Made when there is something to keep.</param>
/// <param name="address">Where this process has the store, without secrets.</param>
/// <param name="moves">
/// It may answer under another address tomorrow, as a server does after a failover: where nothing was seen under this one, what was seen
/// under others counts.
/// </param>
public sealed class FolderMemory(string folder, string address, bool moves) : IStoreMemory
{
    private const int MostBytes = 64 << 10;
    private const int MostLines = 32;
    private const string Absent = "-";

    private readonly ProcessMemory _here = new();
    private readonly string _address = address.ReplaceLineEndings(" ");

    /// <inheritdoc/>
    public StoreSighting? Find(string mark, long @namespace)
    {
        var here = _here.Find(mark, @namespace);
        var known = Read(mark, @namespace);
        var there = known.Find(line => line.Address == _address).Sighting
            ?? (moves ? known.Select(line => line.Sighting).MaxBy(sighting => sighting.Sequence) : null);
        return there is null || here?.Sequence >= there.Sequence ? here : there;
    }

    /// <inheritdoc/>
    public void Keep(StoreSighting sighting)
    {
        ArgumentNullException.ThrowIfNull(sighting);
        _here.Keep(sighting);
        if (PlaceOf(sighting.Mark, sighting.Namespace) is not { } place)
        {
            return;
        }

        var others = Read(sighting.Mark!, sighting.Namespace).Where(line => line.Address != _address);
        var beside = $"{place}.{Path.GetRandomFileName()}.tmp";
        try
        {
            PrivateFile.CreateFolder(folder);
            using (var stream = PrivateFile.Create(beside))
            {
                stream.Write(Encoding.UTF8.GetBytes(string.Concat(others.Prepend((_address, sighting)).Take(MostLines).Select(Text))));
            }

            File.Move(beside, place, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next process knows less.
        }
    }

    private static string Text((string Address, StoreSighting Sighting) line) => string.Create(
        CultureInfo.InvariantCulture,
        $"{line.Sighting.Sequence} {line.Sighting.CommittedAt?.UtcTicks.ToString(CultureInfo.InvariantCulture) ?? Absent} {line.Sighting.SeenAt.UtcTicks} {line.Address}\n");

    /// <returns>Null: no store was marked so by us, and its mark is no name for a file.</returns>
    private string? PlaceOf(string? mark, long @namespace) => StoreMark.IsOne(mark)
        ? Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{mark}-{@namespace}"))
        : null;

    private List<(string Address, StoreSighting Sighting)> Read(string mark, long @namespace)
    {
        var lines = new List<(string Address, StoreSighting Sighting)>();
        try
        {
            if (PlaceOf(mark, @namespace) is { } place && File.Exists(place))
            {
                foreach (var line in Encoding.UTF8.GetString(RegularFile.ReadAll(place, MostBytes)).Split('\n'))
                {
                    if (line.Split(' ', 4) is [var sequence, var committed, var seen, var address]
                        && long.TryParse(sequence, CultureInfo.InvariantCulture, out var last)
                        && TimeOf(seen) is { } seenAt && (committed == Absent || TimeOf(committed) is not null))
                    {
                        lines.Add((address, new StoreSighting(mark, @namespace, last, TimeOf(committed)) { SeenAt = seenAt }));
                    }
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then nothing is known.
        }

        return lines;
    }

    private static DateTimeOffset? TimeOf(string ticks) =>
        long.TryParse(ticks, CultureInfo.InvariantCulture, out var number) && number >= 0 && number <= DateTimeOffset.MaxValue.Ticks
            ? new DateTimeOffset(number, TimeSpan.Zero) : null;
}
