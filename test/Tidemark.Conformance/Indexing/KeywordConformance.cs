using Shouldly;
using Tidemark.Chunking;
using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Support;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Searching;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Conformance.Indexing;

/// <summary>Every store finds the same chunks by words, in the same order and with the same scores, whatever the script.</summary>
public abstract class KeywordConformance : StoreConformance
{
    private static readonly (string Id, string Text)[] Cases =
    [
        ("ar", "تمت مُزامَنَة المستندات"), ("he", "שָׁלוֹם עולם"), ("latin", "café ŝo naïve Ærø øl łódź đường"), ("hi", "हिन्दी"),
        ("tr", "İstanbul ışık"), ("gr", "ΟΔΟΣ Άλφα"), ("forms", "ﬁnance ½ ２０２６ ＡＢＣ１２３ フルワイド"), ("ko", "색인에는 문서를 삭제했습니다"),
        ("zh", "我们在昨天的会议上讨论了向量数据库的增量更新策略，听器和侦听分开写。"), ("zh2", "侦听器 gen-itgc后五十条悬空引用清零"),
        ("ja", "承認フローの設定は管理画面から変更できます。"), ("th", "การซิงค์เอกสารล้มเหลวเมื่อชื่อไฟล์มีสระ"), ("de", "Straße und Fußgänger GROSSE"),
        ("camel", "The function getUserById loads one row."), ("snake", "Call refresh_token_rotation before logout."),
        ("path", @"See src/core/index/FileWatcher.cs line 40 and docs\guide\setup.md."), ("err", "error TS2345 and HCA060T and BENCH-100821 failed"),
        ("email", "write to ops@jpl.nasa.gov about C++ and C# and .NET"), ("version", "since v1.2.3, not 1.2.4; CVE-2021-3013"),
        ("noise", "a user row token refresh service response file line guide 2021 2345 c net don't"), ("resume", "the resume of it"), ("résumé", "the résumé of it"),
    ];

    [Theory]
    [InlineData("مزامنة", "ar")]
    [InlineData("שלום", "he")]
    [InlineData("cafe", "latin")]
    [InlineData("CAFÉ", "latin")]
    [InlineData("lodz duong aero ol", "latin")]
    [InlineData("हिन्दी", "hi")]
    [InlineData("istanbul isik", "tr")]
    [InlineData("αλφα οδος", "gr")]
    [InlineData("finance", "forms")]
    [InlineData("2026", "forms")]
    [InlineData("abc123", "forms")]
    [InlineData("색인", "ko")]
    [InlineData("문서", "ko")]
    [InlineData("向量数据库", "zh")]
    [InlineData("侦听器", "zh2", "zh")]
    [InlineData("器", "zh2", "zh")]
    [InlineData("gen-itgc", "zh2")]
    [InlineData("フロー", "ja")]
    [InlineData("ｶﾝﾘ", "")]
    [InlineData("ชื่อไฟล์", "th")]
    [InlineData("strasse", "de")]
    [InlineData("fussganger", "de")]
    [InlineData("getUserById", "camel")]
    [InlineData("loads getuserbyid", "camel")]
    [InlineData("refresh_token_rotation", "snake", "noise")]
    [InlineData("FileWatcher.cs", "path")]
    [InlineData("filewatcher", "path")]
    [InlineData("docs/guide/setup.md", "path", "noise")]
    [InlineData("TS2345", "err")]
    [InlineData("100821", "err")]
    [InlineData("C++", "email", "noise")]
    [InlineData(".NET", "email", "noise")]
    [InlineData("v1.2.3", "version")]
    [InlineData("CVE-2021-3013", "version", "noise")]
    [InlineData("don't", "noise")]
    [InlineData("résumé", "résumé", "resume")]
    public async Task What_is_asked_for_is_found_first_in_every_script(string query, params string[] documents)
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync([.. Cases.Select(one => Upsert(one.Id, one.Text))]);

        var hits = (await MatchingAsync(bench.Store, query, 10)).Hits;

        hits.Select(hit => hit.Chunk.Document).ShouldBe(documents.Where(id => id.Length > 0));
        (await bench.Store.Index.CheckAsync("default", CancellationToken.None)).IsClean.ShouldBeTrue();
    }

    [Fact]
    public async Task A_part_finds_the_name_that_it_stands_in()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync([.. Cases.Select(one => Upsert(one.Id, one.Text))]);
        foreach (var (query, document) in new[] { ("user id", "camel"), ("token rotation", "snake"), ("watcher", "path"), ("ts", "err"), ("jpl.nasa", "email") })
        {
            (await MatchingAsync(bench.Store, query, 1)).Hits.ShouldHaveSingleItem().Chunk.Document.ShouldBe(document, query);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("english")]
    public async Task Real_text_is_ranked_as_the_model_ranks_it(string? stemming)
    {
        var chunker = new StructuredChunker(800);
        var model = new SyncBench(new InMemoryStore(TimeProvider.System)) { Chunker = chunker, Stemming = stemming };
        var bench = new SyncBench(Store) { Chunker = chunker, Stemming = stemming };
        DocumentChange[] texts =
        [
            .. Directory.GetFiles(Path.Combine(Root(), "docs"), "*.md").Order(StringComparer.Ordinal)
                .Select(file => Upsert(Path.GetFileName(file), File.ReadAllText(file))),
            .. Cases.Select(one => Upsert(one.Id, one.Text)),
            Upsert("titled", "the index of the store and its words", """{"title":"The deletion guard, 색인에는 résumé"}"""),
        ];
        await model.SyncAsync(texts);
        await bench.SyncAsync(texts);
        (await bench.Store.Index.CheckAsync("default", CancellationToken.None)).IsClean.ShouldBeTrue();
        foreach (var query in (string[])
        [
            "deletion guard", "chunking documents", "how is a text cut into chunks", "the embedding store", "--allow-delete", "verify --repair", "tidemark.json",
            "PRAGMA user_version", "hashing:384", "sourceMissing", "text/html", "rate-limited", "1.5", "SHA-256 of the input", "don't",
            "侦听器", "向量 数据库 更新", "색인에는 문서", "フローの設定", "résumé café", "the of and to a in", "keywords_N_p0", "xyzzy", "embeding stor", "quarrantine", "GIN index 2026-11-28",
        ])
        {
            var expected = await MatchingAsync(model.Store, query, 10);
            var answer = await MatchingAsync(bench.Store, query, 10);

            answer.Hits.Select(Place).ShouldBe(expected.Hits.Select(Place), ignoreOrder: false, query);
            answer.Whole.ShouldBe(expected.Whole, 1e-6, query);
            answer.Hits.Zip(expected.Hits).ShouldAllBe(pair => Math.Abs(pair.First.Score - pair.Second.Score) < 1e-6);
        }
    }

    [Fact]
    public async Task Every_chunk_is_found_by_what_its_document_is_called()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(
            Upsert("named", "alpha\n\nbeta", """{"title":"Harbour Café 색인에는"}"""),
            Upsert("guide/mooring-lines.md", "gamma"),
            Upsert("guide/storms/README.md", "delta"),
            Upsert("plain/7", "epsilon", """{"note":{"title":"inner"},"title":true}"""),
            Upsert("numbered", "zeta", """{"title":2042}"""),
            Upsert("listed", "eta", """{"title":["Zanzibar","Voyage"]}"""));

        (await OrdinalsAsync(bench, "cafe harbour")).ShouldBe(["named#0", "named#1"]);
        (await OrdinalsAsync(bench, "색인")).ShouldBe(["named#0", "named#1"]);
        (await OrdinalsAsync(bench, "beta harbour")).ShouldBe(["named#1", "named#0"]);
        (await OrdinalsAsync(bench, "mooring-lines")).ShouldBe(["guide/mooring-lines.md#0"]);
        (await OrdinalsAsync(bench, "storms")).ShouldBe(["guide/storms/README.md#0"]);
        (await OrdinalsAsync(bench, "readme inner plain 7 true")).ShouldBeEmpty();
        (await OrdinalsAsync(bench, "2042")).ShouldBe(["numbered#0"]);
        (await OrdinalsAsync(bench, "voyage zanzibar")).ShouldBe(["listed#0"]);
        (await bench.Store.Index.CheckAsync("default", CancellationToken.None)).IsClean.ShouldBeTrue();
    }

    [Fact]
    public async Task Another_title_embeds_nothing_and_is_found_in_the_place_of_the_former()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(Upsert("a", "alpha\n\nbeta", """{"title":"former"}"""), Upsert("b", "gamma", """{"title":"former"}"""));
        var embedded = bench.Generator.Asked.Count;

        var other = Upsert("b", "gamma", """{"title":"former"}""");
        await bench.SyncAsync(Upsert("a", "alpha\n\nbeta", """{"title":"current"}"""), other);
        (await OrdinalsAsync(bench, "current")).ShouldBe(["a#0", "a#1"]);
        (await OrdinalsAsync(bench, "former")).ShouldBe(["b#0"]);

        await bench.SyncAsync(Upsert("a", "delta\n\nbeta", """{"title":"third"}"""), other);
        (await OrdinalsAsync(bench, "third")).ShouldBe(["a#0", "a#1"]);
        (await OrdinalsAsync(bench, "current alpha")).ShouldBeEmpty();

        await bench.SyncAsync(Delete("a"), Upsert("b", "gamma"));
        (await OrdinalsAsync(bench, "third former")).ShouldBeEmpty();
        bench.Generator.Asked.Count.ShouldBe(embedded + 1, "only the text that is new");
        (await bench.Store.Index.CheckAsync("default", CancellationToken.None)).IsClean.ShouldBeTrue();
    }

    [Fact]
    public async Task A_chunk_is_found_by_the_headings_above_it_and_another_one_embeds_nothing_but_its_own_text()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(Headed("a", "{}", ("# Install\n\n", "Install"), ("## Linux\n\nunpack it", "Install > Linux"), ("then run it", "Install > Linux")));
        var embedded = bench.Generator.Asked.Count;

        (await OrdinalsAsync(bench, "linux install")).ShouldBe(["a#1", "a#2", "a#0"]);
        (await OrdinalsAsync(bench, "run linux")).ShouldBe(["a#2", "a#1"]);

        await bench.SyncAsync(Headed("a", "{}", ("# Install\n\n", "Install"), ("## Debian\n\nunpack it", "Install > Debian"), ("then run it", "Install > Debian")));
        (await OrdinalsAsync(bench, "debian")).ShouldBe(["a#1", "a#2"]);
        (await OrdinalsAsync(bench, "linux")).ShouldBeEmpty();
        bench.Generator.Asked.Count.ShouldBe(embedded + 1);

        await bench.SyncAsync(Headed("a", """{"title":"Manual"}""", ("# Install\n\n", "Install"), ("then run it", null)));
        (await OrdinalsAsync(bench, "manual")).ShouldBe(["a#0", "a#1"], ignoreOrder: true);
        (await OrdinalsAsync(bench, "debian")).ShouldBeEmpty();
        (await bench.Store.Index.CheckAsync("default", CancellationToken.None)).IsClean.ShouldBeTrue();

        await bench.SyncAsync(Delete("a"));
        (await OrdinalsAsync(bench, "manual install run")).ShouldBeEmpty();
        (await bench.Store.Index.CheckAsync("default", CancellationToken.None)).IsClean.ShouldBeTrue();
    }

    [Theory]
    [InlineData("ligthhouse", "lighthouse", "a")]
    [InlineData("lihgthuose keeper", "lighthouse", "a")]
    [InlineData("kaeper", "keeper", "a")]
    [InlineData("haborr", "", "")]
    [InlineData("μαιακας", "", "")]
    [InlineData("маяг", "маяк", "c")]
    [InlineData("harbuor rope", "harbour", "b")]
    [InlineData("moorinng", "mooring", "b")]
    public async Task A_word_that_stands_nowhere_is_looked_for_a_little_otherwise_and_that_is_said(string query, string found, string document)
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(
            Upsert("a", "the lighthouse keeper\n\nthe keep"), Upsert("b", "rope", """{"title":"Harbour mooring"}"""), Upsert("c", "старый маяк"));

        var answer = await MatchingAsync(bench.Store, query, 10);

        answer.Corrections.Select(one => one.Found).ShouldBe(found.Length == 0 ? [] : [found]);
        answer.Hits.Select(hit => hit.Chunk.Document).Distinct().ShouldBe(document.Length == 0 ? [] : [document]);
        (await MatchingAsync(bench.Store, "lighthouse rope", 10)).Corrections.ShouldBeEmpty();
    }

    [Fact]
    public async Task Words_that_are_gone_are_not_looked_for()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(Upsert("a", "lighthouse"), Upsert("b", "lighthouses of old"));
        await bench.SyncAsync(Upsert("a", "lantern"), Upsert("b", "lighthouses of old"));

        var answer = await MatchingAsync(bench.Store, "lighthousee", 10);

        answer.Corrections.ShouldHaveSingleItem().Found.ShouldBe("lighthouses");
    }

    [Fact]
    public async Task With_stems_words_are_found_in_their_other_forms_and_their_own_counts_more()
    {
        var bench = new SyncBench(Store) { Stemming = "english" };
        DocumentChange[] kept = [Upsert("called", "nothing of it", """{"title":"Boating, queries"}"""), Upsert("name", "see boat-houses")];
        await bench.SyncAsync([Upsert("one", "a boat is moored"), Upsert("many", "boats are mooring"), .. kept]);

        (await OrdinalsAsync(bench, "boats")).ShouldBe(["many#0", "one#0", "called#0", "name#0"], ignoreOrder: true);
        (await OrdinalsAsync(bench, "boats"))[0].ShouldBe("many#0");
        (await OrdinalsAsync(bench, "mooring"))[0].ShouldBe("many#0");
        (await OrdinalsAsync(bench, "mooring")).ShouldBe(["many#0", "one#0"]);
        (await OrdinalsAsync(bench, "query")).ShouldBe(["called#0"]);
        (await OrdinalsAsync(bench, "boat-houses"))[0].ShouldBe("name#0");
        var corrected = await MatchingAsync(bench.Store, "moooring", 10);
        corrected.Corrections.ShouldHaveSingleItem().Found.ShouldBe("mooring");
        corrected.Hits.Select(Place).ShouldBe(["many#0", "one#0"], ignoreOrder: true);
        (await bench.Store.Index.CheckAsync("default", CancellationToken.None)).IsClean.ShouldBeTrue();

        (await OrdinalsAsync(bench, "house")).ShouldBe(["name#0"]);

        DocumentChange[] names = [Upsert("parts", "call getHarboursByIds"), Upsert("single", "listUser of one"), Upsert("several", "listUsers of one, listUsers")];
        await bench.SyncAsync([.. names, .. kept]);
        (await OrdinalsAsync(bench, "harbour")).ShouldBe(["parts#0"]);
        (await OrdinalsAsync(bench, "harbours")).ShouldBe(["parts#0"]);
        (await MatchingAsync(bench.Store, "harbours", 10)).Corrections.ShouldBeEmpty();
        (await OrdinalsAsync(bench, "listUser")).ShouldBe(["single#0"]);
        (await OrdinalsAsync(bench, "listUsers")).ShouldBe(["several#0"]);
        (await OrdinalsAsync(bench, "getHarbourById")).ShouldBe(["parts#0"], "by its parts");

        await bench.SyncAsync([Upsert("many", "barges are mooring"), .. kept]);
        (await OrdinalsAsync(bench, "boat")).ShouldBe(["called#0", "name#0"], ignoreOrder: true);
        (await OrdinalsAsync(bench, "barge")).ShouldBe(["many#0"]);
        (await bench.Store.Index.CheckAsync("default", CancellationToken.None)).IsClean.ShouldBeTrue();
    }

    [Fact]
    public async Task Another_stemming_is_another_generation_and_embeds_nothing()
    {
        var bench = new SyncBench(Store);
        var texts = new ScriptedSource("s", [Upsert("a", "the boats"), Upsert("b", "the boat")]);
        var first = await bench.SyncAsync(texts);
        var embedded = bench.Generator.Asked.Count;

        bench.Stemming = "english";
        (await Should.ThrowAsync<TidemarkException>(() => bench.SyncAsync(texts))).Message.ShouldContain("stemming was 'none', now is 'english'");
        (await OrdinalsAsync(bench, "boat")).ShouldBe(["b#0"]);

        await bench.SyncAsync(texts, options => options with { Rebuild = true });
        (await OrdinalsAsync(bench, "boat")).ShouldBe(["b#0", "a#0"], ignoreOrder: true);
        bench.Generator.Asked.Count.ShouldBe(embedded);
        (await bench.Store.Index.CheckAsync("default", CancellationToken.None)).IsClean.ShouldBeTrue();

        (await FoundAsync(bench, asOf: first.Run)).ShouldBe(["b"], "as it was then");
        (await FoundAsync(bench, asOf: null)).ShouldBe(["a", "b"], ignoreOrder: true);
    }

    private static async Task<IEnumerable<string>> FoundAsync(SyncBench bench, long? asOf)
    {
        await using var index = bench.ComposeIndex();
        var found = await index.SearchAsync(
            "boat", new SearchOptions { Mode = SearchMode.Keyword, AsOf = asOf is { } run ? PointInTime.AfterRun(run) : null });
        return found.Hits.Select(hit => hit.Chunk.Document);
    }

    private static DocumentChange.Upsert Headed(string id, string metadata, params (string Text, string? Heading)[] chunks) => new(
        ((DocumentChange.Upsert)Upsert(id, string.Concat(chunks.Select(chunk => chunk.Text)), metadata)).Document with
        {
            Chunks = [.. chunks.Select(chunk => new OwnChunk(chunk.Text, chunk.Heading, Embedding: null))],
            Token = new ChangeToken(ContentHash.Of($"{id} {metadata} {string.Join('|', chunks)}")),
        });

    private static async Task<string[]> OrdinalsAsync(SyncBench bench, string query) =>
        [.. (await MatchingAsync(bench.Store, query, 10)).Hits.Select(Place)];

    private static string Place(IndexHit hit) => $"{hit.Chunk.Document}#{hit.Chunk.Ordinal}";

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Tidemark.slnx")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }

    private static async Task<KeywordAnswer> MatchingAsync(ITidemarkStore store, string text, int limit)
    {
        var generation = (await store.Reader.NamespaceAsync("default", CancellationToken.None))!.Generation!;
        return await store.Index.SearchKeywordAsync(
            new KeywordQuery("default", generation.Id, text, limit, MetadataFilter.None) { Stemming = generation.Pipeline.Stemming }, CancellationToken.None);
    }
}
