using System.Globalization;
using System.Text.Json.Nodes;
using Npgsql;
using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd.Feeding;

/// <summary>Feeds that the service, or a worker, carries on by itself: killed, beside another one, and with a database that is not set up.</summary>
public sealed class ServedFeedTests : IDisposable
{
    private const int Rows = 3000;

    private const string Product = "create table product (id bigint primary key, name text not null, rev int not null default 0);";

    private const string Tables = """{ "product": { "id": "p/{id}", "text": "{name} {rev}" } }""";

    private const string Wanted = "select 'p/' || id, name || ' ' || rev from product";

    private static readonly int Kills = TestNumber.Of("TIDEMARK_KILLS", 5);

    private static readonly int Seed = TestNumber.Of("TIDEMARK_SEED", Environment.ProcessId);

    private readonly HttpClient _client = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_committed_is_found_by_the_service_alone(bool inTheSameDatabase)
    {
        await using var work = await CreateAsync(100, inTheSameDatabase);
        using var service = await ServedIndex.StartAsync(work.Files);
        await FoundAsync(service, "row", "p/7", "row 7 0");

        await work.ExecuteAsync("update product set name = 'a capstan', rev = 1 where id = 7; delete from product where id = 8; insert into product values (500, 'a halyard', 0)");

        await FoundAsync(service, "capstan", "p/7", "a capstan 1");
        await FoundAsync(service, "halyard", "p/500", "a halyard 0");
        await SettledAsync(work, service);
        await service.StopAsync();
        await work.ShouldBeInStepAsync(Wanted);
        (await work.Files.RunAsync("feed", "status", "--json")).ShouldExit(0).Json[0]!["snapshotShare"]!.GetValue<double>().ShouldBe(1);
    }

    [Fact]
    public async Task A_worker_carries_it_on_as_well_and_ends_when_it_is_told_to()
    {
        await using var work = await CreateAsync(100);
        using var worker = work.Files.Start("worker");
        await Awaiting.FactAsync("all rows are there", async () => (await work.Files.RunAsync("list", "--json")).Output.Contains("p/100", StringComparison.Ordinal));

        worker.Signal("-TERM");

        (await worker.FinishAsync()).ShouldExit(0).Errors.ShouldContain("start: 'shop' from ");
        await work.ShouldBeInStepAsync(Wanted);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Killed_in_the_middle_and_started_again_nothing_is_missing_left_over_or_wrong(bool inTheSameDatabase)
    {
        await using var work = await CreateAsync(Rows, inTheSameDatabase);
        work.Files.Environment["TIDEMARK__QUEUE__VISIBILITYSECONDS"] = "5";
        var random = new Random(Seed);
        await using var writer = await work.ConnectAsync(work.Database);
        for (var kill = 0; kill < Kills; kill++)
        {
            using var service = await ServedIndex.StartAsync(work.Files);
            using var passed = new CancellationTokenSource(TimeSpan.FromMilliseconds(200 + (random.NextDouble() * 1500)));
            while (!passed.IsCancellationRequested)
            {
                await WriteAsync(writer, random, kill);
            }

            service.Process.Kill();
        }

        using var last = await ServedIndex.StartAsync(work.Files);
        for (var i = 0; i < 20; i++)
        {
            await WriteAsync(writer, random, round: 1000);
        }

        await SettledAsync(work, last);
        await last.StopAsync();
        TestContext.Current.TestOutputHelper?.WriteLine($"{Kills} kills, seed {Seed}");
        await work.ShouldBeInStepAsync(Wanted);
        await work.Files.VerifyCleanAsync();
    }

    [Fact]
    public async Task Of_two_servers_one_carries_it_on_and_the_other_takes_over_when_it_is_killed()
    {
        await using var work = await CreateAsync(Rows, inTheSameDatabase: true);
        work.Files.Environment["TIDEMARK__QUEUE__VISIBILITYSECONDS"] = "5";
        (await work.Files.RunAsync("feed", "--until-caught-up")).ShouldExit(0);
        using var first = await ServedIndex.StartAsync(work.Files);
        await Awaiting.FactAsync("the first has begun", () => first.Process.ErrorsSoFar.Contains("(start)", StringComparison.Ordinal));
        using var second = await ServedIndex.StartAsync(work.Files);
        await Awaiting.FactAsync("the second stands by", () => second.Process.ErrorsSoFar.Contains("(standby)", StringComparison.Ordinal));
        await work.ExecuteAsync("update product set name = 'a capstan' where id = 7");
        await FoundAsync(second, "capstan", "p/7", "a capstan 0");
        second.Process.ErrorsSoFar.ShouldNotContain("(start)");
        await work.ExecuteAsync("update product set rev = rev + 1");

        first.Process.Kill();
        await Awaiting.FactAsync("the second has taken over", () => second.Process.ErrorsSoFar.Contains("(start)", StringComparison.Ordinal));
        await work.ExecuteAsync("update product set name = 'a halyard' where id = 8");

        await FoundAsync(second, "halyard", "p/8", "a halyard 1");
        await SettledAsync(work, second);
        (await work.Files.RunAsync("status", "--json")).Json["alerts"]!.ToJsonString().ShouldNotContain("feed.trouble");
        await second.StopAsync();
        await work.ShouldBeInStepAsync(Wanted);
    }

    [Fact]
    public async Task Two_that_begin_at_once_end_as_one()
    {
        await using var work = await CreateAsync(Rows, inTheSameDatabase: true);

        var both = await Task.WhenAll(ServedIndex.StartAsync(work.Files), ServedIndex.StartAsync(work.Files));
        using var first = both[0];
        using var second = both[1];
        await SettledAsync(work, first);

        await first.StopAsync();
        await second.StopAsync();
        await work.ShouldBeInStepAsync(Wanted);
    }

    [Fact]
    public async Task What_is_not_set_up_is_told_and_goes_on_by_itself_when_it_is()
    {
        await using var work = await CreateAsync(10);
        await work.ExecuteAsync("alter table product rename to not_yet");
        using var service = await ServedIndex.StartAsync(work.Files);
        (await _client.PutAsync($"{service.Api}/documents/other", new StringContent("Something else.", System.Text.Encoding.UTF8, "text/plain"), Token)).EnsureSuccessStatusCode();
        await Awaiting.FactAsync("it is told", () => service.Process.ErrorsSoFar.Contains("[feed.setup]", StringComparison.Ordinal));
        await Awaiting.FactAsync("status says it", async () => (await work.Files.RunAsync("status", "--json")).Json["alerts"]!.ToJsonString().Contains("feed.trouble", StringComparison.Ordinal));

        await work.ExecuteAsync("alter table not_yet rename to product");

        await FoundAsync(service, "row", "p/7", "row 7 0");
        await service.StopAsync();
    }

    [Fact]
    public async Task Switched_off_nobody_does_and_without_its_address_nothing_starts()
    {
        await using var work = await CreateAsync(10);
        work.Files.Environment.Remove("SHOP");
        using (var refused = work.Files.Start("serve", "--listen", "http://127.0.0.1:0"))
        {
            (await refused.FinishAsync()).ShouldExit(2).Errors.ShouldContain("'SHOP' of the environment holds no address");
        }

        var worker = (await work.Files.RunAsync("worker")).ShouldExit(2);
        worker.Errors.ShouldContain("TIDEMARK__FEEDS__RUN=false");
        work.Files.Environment["TIDEMARK__FEEDS__RUN"] = "false";
        using var service = await ServedIndex.StartAsync(work.Files);
        await service.StopAsync();
        (await work.ScalarAsync<long>($"select count(*) from pg_replication_slots where slot_name = '{work.Slot}'")).ShouldBe(0);
    }

    /// <summary>It ran before: its slot keeps the database's log.</summary>
    [Fact]
    public async Task One_of_an_append_only_namespace_is_told_by_the_log_and_the_status()
    {
        await using var work = await CreateAsync(10);
        (await work.Files.RunAsync("feed", "--until-caught-up")).ShouldExit(0);
        var settings = JsonNode.Parse(await File.ReadAllTextAsync(work.Files.PathOf("tidemark.json"), Token))!;
        settings["namespaces"] = JsonNode.Parse("""{ "default": { "appendOnly": true } }""");
        work.Files.Write("tidemark.json", settings.ToJsonString());

        using (var service = await ServedIndex.StartAsync(work.Files))
        {
            await Awaiting.FactAsync("the service says it", () => service.Process.ErrorsSoFar.Contains("the feed 'shop' (left-out)", StringComparison.Ordinal));
            await service.StopAsync();
        }

        using var worker = work.Files.Start("worker");
        await Awaiting.FactAsync("a worker says it", () => worker.ErrorsSoFar.Contains("left-out", StringComparison.Ordinal));
        await Awaiting.FactAsync("status says it", async () =>
            (await work.Files.RunAsync("status", "--json")).Json["alerts"]!.ToJsonString() is var alerts && alerts.Contains("feed.trouble", StringComparison.Ordinal) && alerts.Contains("append-only", StringComparison.Ordinal));
        worker.Signal("-TERM");
        (await worker.FinishAsync()).ShouldExit(0);
    }

    /// <summary>Two addresses that only the server knows to be one: here the reader says whose feed it carries on.</summary>
    [Fact]
    public async Task A_slot_that_another_source_reads_is_not_waited_for()
    {
        await using var work = await CreateAsync(10);
        using var service = await ServedIndex.StartAsync(work.Files);
        await Awaiting.FactAsync("it reads the slot", () => work.ScalarAsync<bool>($"select count(*) > 0 from pg_replication_slots where slot_name = '{work.Slot}' and active"));
        work.Files.Write("tidemark.json", (await File.ReadAllTextAsync(work.Files.PathOf("tidemark.json"), Token)).Replace("\"shop\"", "\"other\"", StringComparison.Ordinal));

        // Between two sessions nobody reads it; what is there then is refused as somebody's, too.
        await Awaiting.FactAsync("it is told whose it is", async () =>
        {
            var refused = await work.Files.RunAsync("feed", "--until-caught-up");
            refused.Errors.ShouldContain("feed.setup");
            return refused.Errors.Contains("'tidemark feed shop', the feed of another source", StringComparison.Ordinal);
        });
        await service.StopAsync();
    }

    private static Task<FeedWorkspace> CreateAsync(int rows, bool inTheSameDatabase = false) => FeedWorkspace.CreateAsync(
        string.Create(CultureInfo.InvariantCulture, $"{Product} insert into product select g, 'row ' || g from generate_series(1, {rows}) g;"), Tables, inTheSameDatabase);

    private Task FoundAsync(ServedIndex service, string query, string document, string text) => Awaiting.FactAsync($"'{query}' is found", async () =>
        (await AskAsync(service, $"search?query={query}&k=200&mode=keyword"))?["hits"]!.AsArray()
            .Any(hit => (string)hit!["document"]! == document && ((string)hit["text"]!).Trim() == text) == true);

    /// <summary>Everything that was committed by now is in the queue, and carried out.</summary>
    private async Task SettledAsync(FeedWorkspace work, ServedIndex service)
    {
        var mark = $"mark{Guid.NewGuid():n}";
        await work.ExecuteAsync($"insert into product values (1000000 + (random() * 1000000)::int, '{mark}', 0)");
        await Awaiting.FactAsync("the mark is found", async () =>
            (await AskAsync(service, $"search?query={mark}&mode=keyword"))?.ToJsonString().Contains(mark + " 0", StringComparison.Ordinal) == true);
        await Awaiting.FactAsync("all rows were read", async () =>
            await work.Files.RunAsync("feed", "status", "--json") is { ExitCode: 0 } status && (double)status.Json[0]!["snapshotShare"]! == 1);
        await Awaiting.FactAsync("all is carried out", async () =>
            await AskAsync(service, "queue") is { } queue && (long)queue["pending"]! == 0 && (long)queue["leased"]! == 0);
    }

    /// <returns>Null: it has no answer yet, as of a namespace that nothing is in.</returns>
    private async Task<JsonNode?> AskAsync(ServedIndex service, string question)
    {
        using var response = await _client.GetAsync($"{service.Api}/{question}", Token);
        return response.IsSuccessStatusCode ? JsonNode.Parse(await response.Content.ReadAsStringAsync(Token)) : null;
    }

    private static async Task WriteAsync(NpgsqlConnection writer, Random random, int round)
    {
        var (id, rows) = (random.Next(1, Rows + 300), random.Next(1, 30));
        var sql = random.Next(5) switch
        {
            0 => string.Create(CultureInfo.InvariantCulture, $"delete from product where id between {id} and {id + rows}"),
            1 => string.Create(CultureInfo.InvariantCulture, $"update product set id = id + 100000 where id between {id} and {id + rows} and not exists (select 1 from product o where o.id = product.id + 100000)"),
            2 => string.Create(CultureInfo.InvariantCulture, $"insert into product select g, 'again ' || g, {round} from generate_series({id}, {id + rows}) g on conflict do nothing"),
            3 => string.Create(CultureInfo.InvariantCulture, $"begin; delete from product where id = {id}; insert into product values ({id}, 'reborn', {round}); rollback"),
            _ => string.Create(CultureInfo.InvariantCulture, $"update product set rev = rev + 1, name = 'renamed ' || id where id between {id} and {id + rows}"),
        };
        await using var command = new NpgsqlCommand(sql, writer);
        await command.ExecuteNonQueryAsync();
    }
}
