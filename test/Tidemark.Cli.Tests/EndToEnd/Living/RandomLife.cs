using System.Globalization;
using System.Text.Json.Nodes;
using Shouldly;

namespace Tidemark.Cli.Tests.EndToEnd.Living;

/// <summary>
/// A namespace lives: a folder is edited and synced, records come through the queue late, twice and with an end, documents are restored,
/// held, forgotten and let in again, models and chunkers change and change back, and every fourth command that writes is killed before.
/// </summary>
internal sealed class RandomLife
{
    private static readonly double[] Instants = [5, 10, 20, 30, 50, 80, 120, 200];

    private readonly Workspace _work;
    private readonly Random _random;
    private readonly Marks _marks;
    private readonly (int Weight, string Name, Func<Task> Do)[] _steps;

    public RandomLife(Workspace work, int seed)
    {
        (_work, _random) = (work, new Random(seed));
        _marks = new Marks(_random);
        _steps =
        [
            (6, "edit", EditAsync), (7, "sync", SyncAsync), (5, "queue", QueueAsync), (2, "restore", RestoreAsync), (1, "hold", HoldAsync),
            (1, "forget", ForgetAsync), (4, "migrate", MigrateAsync), (1, "expire", () => WriteAsync("expire")),
            (1, "gc", () => WriteAsync("gc")), (1, "purge", () => WriteAsync("purge")), (1, "repair", () => WriteAsync("verify", "--repair")),
        ];
    }

    public ExpectedIndex Expected { get; } = new();

    /// <summary>What was done, for who reads a failure.</summary>
    public string Done { get; private set; } = "";

    public async Task BeginAsync()
    {
        await EditAsync();
        await EditAsync();
        await SyncAsync();
    }

    public async Task StepAsync()
    {
        var drawn = _random.Next(_steps.Sum(step => step.Weight));
        var (_, name, act) = _steps.First(step => (drawn -= step.Weight) < 0);
        Done += $" {name}";
        await act();
    }

    /// <summary>Runs a command that writes to its end; every fourth time it is killed before, once or twice.</summary>
    private async Task<ProcessResult> WriteAsync(params string[] command)
    {
        for (var kills = _random.Next(4) == 0 ? _random.Next(1, 3) : 0; kills > 0; kills--)
        {
            Done += " (killed)";
            using var process = _work.Start([.. command, "--json"]);
            await process.KillAfterAsync(TimeSpan.FromMilliseconds(Instants[_random.Next(Instants.Length)]));
        }

        return await _work.RunAsync([.. command, "--json"]);
    }

    private Task EditAsync()
    {
        for (var edits = _random.Next(1, 6); edits > 0; edits--)
        {
            Edit(_random.Next(10));
        }

        return Task.CompletedTask;
    }

    private void Edit(int kind)
    {
        if (kind < 4 || Expected.Files.Count == 0)
        {
            Put($"docs/{_random.Next(3)}/{_random.Next(26)}.md", _marks.Text());
            return;
        }

        var (document, text) = Any(Expected.Files);
        switch (kind)
        {
            case 4 or 5:
                Put(document, $"{text}\n{_marks.Paragraph()}\n");
                break;
            case 6:
                Put(document, string.Join("\n\n", text.Split("\n\n").Reverse().Skip(1)));
                break;
            case 7:
                Take(document);
                Put($"docs/moved/{_random.Next(100)}.md", text);
                break;
            default:
                Take(document);
                break;
        }
    }

    private void Put(string document, string text)
    {
        _work.Write(document, text);
        Expected.Files[document] = text;
    }

    private void Take(string document)
    {
        _work.Delete(document);
        Expected.Files.Remove(document);
    }

    private async Task SyncAsync()
    {
        (await WriteAsync("sync", "docs", "--allow-delete")).ShouldExit(0);
        Expected.List();
    }

    private async Task QueueAsync()
    {
        var lines = Enumerable.Range(0, _random.Next(1, 7)).Select(_ => Change($"record/{_random.Next(13)}")).ToArray();
        _work.WriteLines("changes.jsonl", lines.Concat(lines.Take(_random.Next(2))));
        (await _work.RunAsync("enqueue", "changes.jsonl", "--source-name", "records", "--json")).ShouldExit(0);
        (await WriteAsync("worker", "--until-empty")).ShouldExit(0);
    }

    /// <summary>A newer version, or one that comes too late.</summary>
    private string Change(string document)
    {
        var known = Expected.Records.GetValueOrDefault(document);
        if (known is { Version: > 1 } && _random.Next(5) == 0)
        {
            return Line(document, new ExpectedRecord(known.Version - 1, _marks.Text(), Ends: null));
        }

        var version = (known?.Version ?? 0) + 1;
        var ends = _random.Next(4) == 0 ? DateTimeOffset.UtcNow.AddSeconds(_random.Next(2, 20)) : (DateTimeOffset?)null;
        var change = known?.Text is not null && _random.Next(4) == 0
            ? new ExpectedRecord(version, Text: null, Ends: null)
            : new ExpectedRecord(version, _marks.Text(), ends);
        Expected.Records[document] = change;
        return Line(document, change);
    }

    private static string Line(string document, ExpectedRecord record)
    {
        var line = new JsonObject { ["id"] = document, ["source_id"] = document, ["version"] = record.Version };
        if (record.Text is null)
        {
            line["deleted"] = true;
        }
        else
        {
            line["text"] = record.Text;
        }

        if (record.Ends is { } ends)
        {
            line["expires_at"] = ends.ToString("O", CultureInfo.InvariantCulture);
        }

        return line.ToJsonString();
    }

    private async Task RestoreAsync()
    {
        if (Expected.Gone.Count > 0)
        {
            var (document, _) = Any(Expected.Gone);
            var result = await WriteAsync("restore", document);
            if (result.ExitCode != 0)
            {
                // It was back before it could say so.
                ((string)result.ShouldFail(2, ErrorCodes.ArchiveMissing)["message"]!).ShouldContain("is in the index");
            }

            Expected.Restore(document);
        }
    }

    private async Task HoldAsync()
    {
        if (Expected.Held.Count > 0 && _random.Next(2) == 0)
        {
            var held = Any(Expected.Held);
            (await _work.RunAsync("hold", "release", held, "--json")).ShouldExit(0);
            Expected.Held.Remove(held);
        }
        else if (FolderDocument() is { } document)
        {
            (await _work.RunAsync("hold", "add", document, "--reason", "a lawsuit", "--json")).ShouldExit(0);
            Expected.Held.Add(document);
        }
    }

    private async Task ForgetAsync()
    {
        if (Expected.Forgotten.Count > 0 && _random.Next(2) == 0)
        {
            var forgotten = Any(Expected.Forgotten);
            (await _work.RunAsync("forget", "--lift", forgotten, "--json")).ShouldExit(0);
            Expected.Lift(forgotten);
        }
        else if (FolderDocument() is { } document)
        {
            if (Expected.Held.Contains(document))
            {
                (await _work.RunAsync("forget", document, "--json")).ShouldFail(5, ErrorCodes.HoldHeld);
                return;
            }

            (await WriteAsync("forget", document)).ShouldExit(0);
            Expected.Forget(document);
        }
    }

    /// <summary>One of the things that can be done now; what a former, killed command did already is refused.</summary>
    private async Task MigrateAsync()
    {
        var status = (await _work.RunAsync("migrate", "status", "--json")).ShouldExit(0).Json;
        string[] next = status["building"] is not null ? ["promote", "promote", "start", "finish"]
            : status["previous"] is not null ? ["rollback", "finish"]
            : ["start"];
        var act = next[_random.Next(next.Length)];
        Done += $" {act}";
        string[] with = act switch
        {
            "promote" => ["--accept"],
            "start" when status["building"] is null && _random.Next(3) > 0 => ["--embedder", $"hashing:{96 + (32 * _random.Next(6))}"],
            "start" when status["building"] is null => ["--chunk-size", $"{500 + (100 * _random.Next(5))}"],
            _ => [],
        };
        (await WriteAsync(["migrate", act, .. with])).ExitCode.ShouldBeOneOf(0, 2, 5);
    }

    private string? FolderDocument() =>
        Expected.At(DateTimeOffset.UtcNow).Keys.Where(document => document.StartsWith("docs/", StringComparison.Ordinal)).ToArray() is { Length: > 0 } documents
            ? Any(documents.Order(StringComparer.Ordinal))
            : null;

    private T Any<T>(IEnumerable<T> of) => of.ElementAt(_random.Next(of.Count()));
}
