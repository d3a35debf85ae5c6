namespace Tidemark.Cli.Tests.Unit.Documentation;

/// <summary>What the code of the command line does not say of itself.</summary>
internal static class CliProse
{
    public const string Head = """
        # The command line

        <!-- Generated from the code: change the descriptions of commands and options, or the prose in CliProse.cs, then run the tests with TIDEMARK_UPDATE_DOCS=1. -->

        Results go to standard output, errors and progress to standard error. On a terminal the output has colours and
        tables; anywhere else, and with `--plain`, it is plain lines. With `--json` exactly one JSON document is printed on
        standard output, also on failure.

        Settings can also come from `tidemark.json` and the environment: see [configuration.md](configuration.md).

        ## Flags of every command

        """;

    public const string Sources = """

        ## Sources

        A source on the command line is, in this order, a configured source's name or path, a directory, a file of JSON lines
        (`.jsonl`, `.ndjson`, `.json-lines`), `-` for JSON lines on standard input, or `git:REPOSITORY@BRANCH//FOLDER` for
        what is committed. Several are one run. None: all
        configured ones.

        A directory is named by its path, seen from the folder of `tidemark.json`, else from the working directory (`.` for
        that folder itself, the absolute path outside of it). All JSON lines that are given ad hoc are one source, `jsonl`,
        unless `--source-name` says otherwise; several files in one call are listed as one.

        Whatever begins with a dash and is not a flag goes after `--`: `tidemark search -- --force`.

        Ctrl-C commits the current batch, reports and ends with 130; Ctrl-C once more, after a second, ends at
        once. SIGTERM does the first, however often it comes.

        """;

    public const string Json = """

        ## JSON

        A failure of the whole call: `{"error":{"code","message","remedy"}}`; with faulty settings also `mistakes`, one
        object each; with `configuration.untrusted` also `wants`, as of `trust`.

        `sync`, `import`:

        ```json
        {"run":42,"namespace":"default","cleanup":"full","outcome":"succeeded",
         "documents":{"seen":120,"added":4,"updated":1,"skipped":115,"deleted":1,"moved":0,"outdated":0,"forgotten":0,"failed":0,"tombstones":0},
         "chunks":{"added":9,"patched":2,"unchanged":1033,"deleted":4},
         "embedding":{"space":"hashing:384","requests":1,"inputs":9,"reused":0,"tokens":1834,"cost":0,"avoidedCost":0,"currency":"USD",
          "avoided":{"unchanged":{"tokens":210233,"cost":0},"reused":{"tokens":0,"cost":0}}},
         "guard":null,"budget":null,"errors":[{"item":"line 17","code":"source.malformed","message":"…","remedy":"…"}],
         "warnings":[],"notTaken":{".ipynb":136},"withoutText":0,
         "latency":{"read":{"count":5,"p50":0.00004,"p95":0.0002,"p99":0.0002},"chunk":{…},"embed":{…},"apply":{…},"cleanup":{…}},
         "elapsedSeconds":1.234}
        ```

        `seen` is the sum of added, updated, skipped, outdated, forgotten, failed and tombstones. A move is one added and one
        deleted, and counted in `moved`. `inputs` are the distinct texts that were sent to the model, `reused` those that
        the embedding store had. `guard` is null or `{"held":312,"share":0.61,"source":"docs","remedy":"…"}`,
        with `movedFrom` where nothing of the source was taken because it was at that other place before, which is still there; `budget` is
        null or `{"kind","limit","spent","currency","remedy"}` (`kind`: run or month). `cost` and `avoidedCost` are null
        where no price is known; `avoided` says what was not embedded because it was unchanged, or because its vector was
        there. `endpoint` stands behind `space` where a model was asked over a network. `warnings` (items as in `errors`) is what was taken and yet is odd, without effect on the exit code; `notTaken` counts
        files by ending that no extractor reads (beside them `link`: links that are not followed, `special`: pipes, sockets and devices), `withoutText` documents that have no text. `outcome` is succeeded, partial, guarded, budget, cancelled or failed.
        Where vectors are indexed outside of the store, the report also has
        `"index":{"location","delivered","pending","documents","error"}`: changes that reached the external index, changes that
        still wait, the documents that are not found in their current version because of that (exit code 4), and why (null, or
        an object as of a failure).
        `latency` has the percentiles of reading an item, cutting a document, one request to the model, applying a batch, and
        closing a page of what has gone, in seconds; null where a stage was not passed. While a [migration](migration.md) is under way the report also has
        `"follower":{"generation","documents","chunks","behind","embedding"}`, and `error` in it where that generation could not be brought along; of `apply` it also has `plan`, the fingerprint of what was applied.

        `plan`: the same with `"run":null`, and `"changes":[{"document","change","reason",
        "chunks":{"added","unchanged","deleted"},"changed":["text"],"embedded","reused","tokens"}]`
        (a moved one also has `from`; `change` is added, edited, metadata, moved, deleted, touched or rebuilt), `"reindex":[{"documents","chunks",
        "changed":["model","chunker"],"embedded","reused"}]` and `"price":{"tokens","cost","currency"}`. `changed` has every input that is other than
        what the index was made of: text, extractor (the same file, read in another way), chunker, template (prefixes), model, normalization,
        index, metadata, sourceId, expiresAt, tier. `embedded` are inputs that the model would be asked for, `reused` is the share of the chunks for which
        it is not (0 to 1; null: there are none). `"rules":{"expiresAt":"expiry[0]"}` names the rules that decided, where there are any. `reindex` sums up what is edited or rebuilt by what changed.

        `search`: `{"query","space","generation","hits":[{"document","source","id","ordinal","lines","score","heading","text","metadata"}],
        "warnings":[…]}`; `lines` are the first and the last in the document's text, null where that is not kept; `page` is the one that
        the chunk begins on, of documents with pages (PDF); `"corrected":[{"word","by"}]` are words of the query that stand nowhere, and what was looked for instead; `warnings` are as in
        `sync`. An answer that had to leave something out has `"degraded":"keyword"` (the model gave no answer) or `"complete":false`
        (an external index lags, or texts of then have no vector). With `--include-archived` a hit that is gone also has `"archived":true,"ended","at"`.
        A higher score is better: cosine for `vector`, BM25 for `keyword`, the sum of weighted reciprocal ranks for `hybrid`.

        `verify`: `{"inSync","documents","chunks","records","vectors","keywords","missing","lostEmbeddings","orphaned","stale","corrupt","sourceMissing","sourceExtra","sourceChanged","sourceOutdated","sourceFailed","repaired","synced":{"added","updated","deleted"},"embeddingCalls","errors","warnings"}`.
        `lostEmbeddings` are those of `missing` for which a repair asks the model (and pays), since the embedding store has lost them; the
        others are made from what is stored. `corrupt` counts stored things that are not what their seals and hashes say, each in `errors` with `store.corrupt`. A source is judged
        by the decisions of its own sync: lines that are synced incrementally say nothing of other documents (`--cleanup full` does).
        `sourceFailed` counts items that could not be compared, each in `errors`; then `inSync` is false, and the exit code is 3 where
        nothing differs. Where something does it is 4, whatever failed beside it. `synced` is there where `--repair` synced the sources, and not where all of them were held back. `sourceOutdated` are older in the source than in the index by their versions: the index is right.

        A plan that would exceed the budget has the outcome `budget` and exit code 5; its price has the control sample in it that a run
        sends first, and `spent` is what it would come to. `plan --out FILE` saves the plan as
        JSON; `apply FILE` prints what `sync` prints, or fails with `plan.stale` and names what has moved, and
        the run that applied the plan already.

        `status`: `{"namespace","documents","chunks","bytes","sources":[{"name","place"}],"notTaken":{…},"withoutText","generation":{"id","space","chunker","stemming","state"},"index":{"location","pending","documents","oldest","inGraph","scanned","dead","building":{"phase","done","total"}},"quarantine":[{"document","code","message","since"}],
        "freshness":{"slaSeconds","p50","p95","p99","changes","windowSeconds","lastCompleteSyncAge","breached","premium":{…}},"queue":{…},"workerSeen",
        "cost":{"month","budget","currency","requests","inputs","tokens","unpricedTokens"},"jobs":[{"job","mode","schedule","timeZone","sources","timesADay","running","next","age","promisedSeconds","overdue","last"}],"alerts":[{"code","message"}],"lastRun":{…}}`
        ([schedules](schedules.md)).
        `place` is the folder that a source was listed from; null: none is known, as of JSON lines. `inGraph`, `scanned`, `dead` (the share of its entries that are dead) and `building` are there on PostgreSQL,
        `error` in `index` where an external index is not as it should be. `lastRun` is the report of that run, or null; it has `error` only where the run failed.
        Alerts are `freshness.sla`, `freshness.premium` (of documents of that tier, where `freshness.premiumSlaSeconds` promises something; then `premium` is in `freshness`), `cost.budget`, `runs.error-rate`, `runs.guarded` (the last run held deletions back), `runs.skip-rate`, `index.growth`, `golden.fell` (golden queries find less than in the run before), `queue.depth`,
        `queue.dead`, `queue.trouble` (changes wait, and whoever tried last could not carry them out), `queue.silent` (a worker went without a goodbye), `schedule.overdue`, `schedule.failed`, `freshness.source`, `documents.ahead` (the time of a document is more than a day ahead of the clock), `index.lag` (changes wait for an external index, and the last run could not deliver them or they wait for longer than the freshness limit), `index.gone` (that index is not the one that was filled, or not there) and `store.rewound` (the [store went back](operations.md#a-store-that-went-back) to an older state, and what that lost is not known to be there again); with `--check` one
        of them ends in exit code 4. `clock.went-back` says that the history lies ahead of the clock.

        `enqueue`: `{"namespace","seen","enqueued","coalesced","outdated","forgotten","failed","queue":{"pending","leased","dead"},
        "errors":[…],"elapsedSeconds"}`. `enqueued` counts the changes that were taken, `coalesced` those of them that took
        another's place. `worker` prints, when it ends, what `sync` prints (all its runs added up, `run` is the last one), with
        `"runs","queued":{"claimed","done","retried","dead","lost","released"},"queue":{…}`. Told to stop by Ctrl-C it ends
        with 130, by SIGTERM with 0 (with `--until-empty` with 130); with 3 where a change became a dead letter.
        `queue status`: `{"namespace","pending","leased","dead","oldestAge","deadLetters":[{"document","source","change",
        "attempts","code","message","remedy","enqueuedAt"}]}`; `queue retry`: `{"namespace","retried","documents":[…]}`;
        `queue drop`: `{"namespace","dropped"}`.

        `feed` (when it ends) and `feed repair`: an array of `{"source","transactions","changes","rows","reconciled","held","failed",
        "snapshotShare","position"}`, an object a source: what came from the log, what was read from tables, documents deleted because
        their rows were gone, deletions that the guard holds back (exit 5), rows without an id (exit 3), how much of the tables has been
        read, up to where in the log everything is in the queue. Told to stop by Ctrl-C it ends with 130, by SIGTERM with 0 (with
        `--until-caught-up` with 130). `feed status`: an array of `{"source","slot","state","trouble","lagBytes","keptBytes","lagSeconds",
        "snapshotShare","held","position","tables":[{"table","snapshotShare","held"}]}`; `state`: absent, streaming, idle (nobody reads
        the slot), trouble (nor could whoever tried last; `trouble` is why, or null), lost; `keptBytes` is what the server keeps of its log for
        it. `held` is at most so many: a row that came back since is still counted.

        `why`: `{"document","namespace","source","space","chunker","template","tokens","cost","currency","chunks":[{"ordinal","id",
        "heading","input","reason","run","embeddedAt","tokens","cost","reused","reusedFrom":{"run","document","namespace"},
        "indexed":{"run","at"}}]}`. `reason` is text, chunker, model, template, force, supplied (the vector came with its text),
        repair or unknown; `tokens` and `cost` are those of the vector when it was made, also where it is reused.

        `runs`: `[{"run","namespace","command","sources","startedAt","finishedAt","outcome","completeSync","elapsedSeconds","skipRate","cost","avoidedCost","error",
        "paid":{…},"report":{…}}]`, newest first. `finishedAt`, `outcome` and `report` are null while a run is under way; `report` is in the form of `sync`, and `{"run","namespace","outcome"}` of a run that only switched generations. `error` is null, or why the run failed, as a failure is printed; then it is also in `report`.
        `skipRate` is null where the run did not get through its sources. `paid` is what the ledger knows, also of a run that was killed:
        `{"requests","inputs","tokens","cost","currency","unpricedTokens","causes":[{"cause",…}]}`. `runs --months`: `[{"month",…}]`, the members of `paid` by month.

        `list`: `[{"document","source","sourceId","textHash","version","modifiedAt","expiresAt","tier","sequence","run","updatedAt","metadata","chunks"}]`; `chunks` is how many,
        `sequence`, `run` and `updatedAt` tell the commit that wrote this state. `show`: one such object, in which `chunks` is
        `[{"id","ordinal","input","occurrence","heading","text"}]`; `input` is the hash of what was embedded, `occurrence` counts from 0 where a document has the same text more than once.

        `history`: `{"document","states":[{"from":{"run","sequence","at"},"to":{…},"ended","version","modifiedAt","expiresAt","source","textHash","chunks","changed":["text"]}]}`, newest
        first. `to` and `ended` are null of the state that is in the index; else `ended` is superseded, removed, tombstoned or expired. `changed` is `["added"]` where nothing was there before, and null
        where the state before is not kept any more.

        `diff`: `{"from","to","documents":[{"document","change","chunks":{"added","deleted","unchanged"}}]}`; `change` is added, edited, metadata, moved (which also has `from`) or deleted.

        `migrate status`: `{"active":{"id","space","chunker","stemming","state"},"promotedAt","building","following":[2],"previous"}`. `building` (the generation that is to answer) and
        `previous` (the one that there is a way back to) are null, or as `active` with `"documents","chunks","behind","share","cost","tokens","currency"`: what it has, how many documents it lacks, which share it has, and what was
        paid in its space. `following` has the ids of those that runs bring along. `migrate start`: the same with `build`, which is what `sync` prints, of `--dry-run` what `plan` prints.
        `migrate validate`: `{"outcome","basis","metric","queries","labelled","active","candidate","difference","lowerBound","p","detectable","overlap","rbo","rboResidual","rboP",
        "lost":[…],"worse":[…],"changed":[…]}`; `outcome` is pass, inconclusive or block, `basis` nothing, must or statistics; [golden.md](golden.md) says what the others mean. `migrate promote`, `migrate rollback`,
        `migrate finish`, `migrate cancel`: `{"generation","previous","elapsedSeconds"}`: which one answers, and to which there is a way back, or null.

        `init`: `{"file","sources":[{"path","type","files"}],"leftOut":[{"path","type","files"}],"unusable":["NAME"],"notTaken":{…},"withoutText"}`; `type` is directory or jsonl, `leftOut` has documents that the file does not name, and `unusable` what no file can name. `trust`, `trust --revoke`: `{"file","trusted","wants":[{"setting","value"}]}`;
        `trust --list`: `[{"file","at"}]`.

        `gc`: `{"documents","chunks","embeddings","bytes","runs","dryRun"}`: former document states, chunks, embeddings and runs that went, and roughly how many bytes they had; with `--dry-run` `runs` is null, since what names
        them is still there then. With `--reindex` also `reindexed`, how many indexes were made anew; with `--vacuum` also `"size":{"before","after"}`, the bytes of the store.
        `namespace list`: `[{"namespace","documents","chunks","sequence","generation":{…},"lastCompleteSync"}]`, `generation` as in `status`; `namespace drop`: `{"namespace","dropped","documents","chunks"}`.

        `cost`: `{"namespace","corpus":{"documents","chunks","tokens","bytes","space","pricePerMillionTokens"},"churn":{"daily","days","observedDays","runs","written","edited","reused","assumed"},
        "strategies":[{"name","monthly","tokens"}],"projections":[{"scale","churn","strategies":[…]}],"saved","savedTokens","currency","notes"}`; [cost.md](cost.md) says what they mean.

        `watch` prints, when it ends, what `sync` prints (all its runs added up, `run` is the last one), with
        `"runs","completeRuns","fallbacks":{…}`: how often events could not say what changed, by reason ([watch.md](watch.md)).

        `mcp` prints the messages of its protocol and nothing else: [mcp.md](mcp.md).

        `store copy`: `{"from","to","verified","namespaces","documents","chunks","embeddings","formerStates","runs","rows","rowsWritten",
        "embeddingCalls"}`, with `"wasThere":true` where the target was the finished copy already and nothing was written. `store accept`:
        `{"namespace","accepted","known","found","noticedAt"}`; `accepted` is false, and the rest left out, where there was nothing to accept.

        `expire`, `restore`, `purge`: `{"run","outcome","documents","chunks","dryRun","embeddingCalls","held","errors"}`; `run` is null where no
        run was made. `archive list`: `[{"document","source","sourceId","ended","at","run","chunks","expiresAt","recoverableUntil","held"}]`;
        one whose state is not what was stored is `{"document","error":{"code","message","remedy"}}` there, and the exit code 3.
        `forget`: `{"receipt","namespace","at","documents","suppressed","removed":{"records","chunks","keywords","vectors","history","queue",
        "quarantine","runs","golden","external"},"probes":[{"place","found"}],"notCovered","warnings","publicKey","signature"}`; `forget --export`: one object a line
        (`{"namespace","salt"}`, then `{"scope","hash","receipt","since"}`); `forget --reapply`: `{"suppressions","documents","receipts"}`; `forget --lift`:
        `{"document","forgotten"}`, with `source` in the place of `document` for a source id.
        `import --from`: `{"from","origin","of","model","space","outcome","dryRun","rows","taken","present","duplicates",
        "leftOut":{"withoutText","withoutVector","blank","otherDimensions","invalid","contradicting"},
        "ofTaken":{"prefixed","padded","shortened","rescaled","half"},
        "sample":{"inputs","least","requests","tokens","cost","currency"},"errors","warnings","elapsedSeconds"}`: `rows` is the sum of `taken`, `present`, `duplicates` and
        `leftOut`; `model` is what the other system says, or null; `sample` is null where the model was not asked; [import.md](import.md).
        `golden record`, `golden import`: `{"added","changed","unchanged","unlabelled","failed","errors","warnings"}`; `unlabelled` expect nothing, and a warning names an expected document that is not in the index.
        `golden list`: `[{"query","expected","must","filter","since"}]`, `expected` as `import` takes it: ids, or an object of ids and grades. `golden run`:
        `{"run","generation","at","metric","queries","labelled","missed","score","change":{"since","queries","before","now","lost":[{"query","filter","documents"}],
        "worse":[{"query","expected","must","filter","before":[…],"now":[…]}]},"results":[{"query","expected","must","filter","score","found","missing"}]}`; `change` is null where
        no run before can be compared. `golden history`: the first members of each run, newest first. [golden.md](golden.md) says what they mean.
        `keys create`, `keys rotate`: `{"id","name","key","scopes","namespaces","createdAt","expiresAt","requestsPerMinute","tokensPerDay","formerUntil","revokedAt",
        "lastUsedAt"}`; `key` is shown this once. `keys revoke`: the same without `key`; `keys list`: an array of such. [keys.md](keys.md) says what they mean.
        `hold list`: `[{"document","reason","since"}]`, with `source` in the place of `document` for a source id; `hold add` and `hold release`:
        `{"document","held","added","warnings"}`; a name that nothing has yet is a warning.

        `export` prints one object a line:
        `{"document","source","ordinal","id","text","metadata"}`, with `--vectors` also `vector`, `space` and `heading`.
        Times are RFC 3339 in UTC, durations seconds.

        """;

    public static readonly IReadOnlyDictionary<string, string> ErrorMeanings =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [ErrorCodes.Usage] = "the command line is not understood",
            [ErrorCodes.ConfigurationInvalid] = "a setting is wrong",
            [ErrorCodes.ConfigurationUntrusted] = "a `tidemark.json` is another user's, or reaches beyond its folder without `tidemark trust`",
            [ErrorCodes.SourceMissing] = "a source is not there",
            [ErrorCodes.SourceUnreadable] = "a source, folder or file cannot be read",
            [ErrorCodes.SourceMalformed] = "a record is not what the format asks for",
            [ErrorCodes.SourceUnidentified] = "a record has neither id nor source id, which incremental cleanup needs",
            [ErrorCodes.SourceConflict] = "another source holds a document of this id",
            [ErrorCodes.SourceEmpty] = "nothing of a source is taken (a warning)",
            [ErrorCodes.HistoryHorizon] = "what was valid then is not all kept any more",
            [ErrorCodes.ForgetMissing] = "it was not forgotten, so there is nothing to lift",
            [ErrorCodes.ForgetUnfinished] = "a `forget` has not come to its end; the same command finishes it (a warning, and an alert of `status`)",
            [ErrorCodes.ForgetForeign] = "what was forgotten was remembered by another store",
            [ErrorCodes.ForgetRemembered] = "what was forgotten in a namespace could come back once the namespace is gone; or its name would be written down again by a hold or a golden query",
            [ErrorCodes.MigrationRunning] = "another migration is under way, or was not finished",
            [ErrorCodes.MigrationMissing] = "there is no migration of which that could be done: nothing to promote, to go back to, or to end",
            [ErrorCodes.MigrationBehind] = "the generation that is to answer lacks documents; what answers goes on answering",
            [ErrorCodes.MigrationBlocked] = "the golden queries speak against a promotion, or cannot decide (then `--accept` does)",
            [ErrorCodes.HoldHeld] = "a legal hold covers it",
            [ErrorCodes.HoldMissing] = "there is no such hold",
            [ErrorCodes.KeyMissing] = "there is no such key of the service, or none that is valid",
            [ErrorCodes.GoldenMissing] = "there is no such golden query, or none at all",
            [ErrorCodes.ArchiveMissing] = "there is nothing that could be brought back",
            [ErrorCodes.RunMissing] = "the namespace has no such run",
            [ErrorCodes.HistoryLost] = "a former state of a document was damaged beyond repair and dropped (a warning)",
            [ErrorCodes.SourceMoved] = "a source is read from another folder than before (a warning)",
            [ErrorCodes.StoreAbove] = "a store is made in a folder below one that has a store (a warning)",
            [ErrorCodes.SourceIncomplete] = "a connector stopped before a stream had its end",
            [ErrorCodes.SourcePointer] = "files of a tree of git are pointers to what git LFS keeps elsewhere (a warning)",
            [ErrorCodes.SourceOverlap] = "the folder of another source lies in that of this one, or is the same one (a warning)",
            [ErrorCodes.SourceTooLarge] = "a file or line is over the limit",
            [ErrorCodes.SourceTooSlow] = "reading or cutting an item took longer than it may",
            [ErrorCodes.SourceFrontMatter] = "a warning: something of a file's front matter cannot be read",
            [ErrorCodes.SourceBinary] = "a file is not text",
            [ErrorCodes.SourceEncoding] = "a text is not UTF-8",
            [ErrorCodes.SourceChanging] = "a file changed while it was read",
            [ErrorCodes.SourceName] = "a name cannot be used",
            [ErrorCodes.ExtractorMissing] = "a configured program cannot be started",
            [ErrorCodes.ExtractorFailed] = "a configured program ended with a failure",
            [ErrorCodes.ExtractorTimeout] = "a configured program took too long for a file",
            [ErrorCodes.ExtractorTooLarge] = "a configured program wrote too much for a file",
            [ErrorCodes.DocumentMissing] = "the index has no such document",
            [ErrorCodes.VersionConflict] = "the same version came with other content",
            [ErrorCodes.RuleUndated] = "a document lacks the date that a rule counts from (a warning)",
            [ErrorCodes.VersionAhead] = "a time lies ahead of the clock (a warning)",
            [ErrorCodes.NamespaceMissing] = "the store has no such namespace",
            [ErrorCodes.NamespaceAppendOnly] = "an append-only namespace deletes nothing",
            [ErrorCodes.PipelineChanged] = "the index was built with another chunker or embedder",
            [ErrorCodes.EmbeddingSpace] = "vectors of another embedding space",
            [ErrorCodes.EmbeddingInvalid] = "a vector is not what it should be",
            [ErrorCodes.EmbeddingTooLong] = "a text is longer than the model takes",
            [ErrorCodes.EmbeddingMissing] = "the embedding store lacks a vector",
            [ErrorCodes.EmbeddingKeyMissing] = "the provider needs a key, and there is none",
            [ErrorCodes.EmbeddingKey] = "the provider does not take the key",
            [ErrorCodes.EmbeddingModel] = "the provider has no such model, or is not there",
            [ErrorCodes.EmbeddingEndpoint] = "the provider's address is wrong, or its certificate is not trusted",
            [ErrorCodes.EmbeddingUnavailable] = "the provider gave no answer for too long",
            [ErrorCodes.EmbeddingRateLimited] = "the provider allows no more requests for too long",
            [ErrorCodes.EmbeddingRefused] = "the provider does not take this text",
            [ErrorCodes.EmbeddingQuarantined] = "the provider refused this text before; it was not sent again",
            [ErrorCodes.EmbeddingChanged] = "the provider's model is not the one that the stored vectors are of",
            [ErrorCodes.BudgetReached] = "the next request would have cost more than there is",
            [ErrorCodes.BudgetUnpriced] = "a budget was set for a model of which nobody knows the price",
            [ErrorCodes.PlanStale] = "something has changed since the plan was made",
            [ErrorCodes.PlanInvalid] = "a file is not a plan that can be applied",
            [ErrorCodes.StoreMissing] = "there is no store",
            [ErrorCodes.StoreRewound] = "the store is in an older state than it was, and what was lost by that has to come again",
            [ErrorCodes.StoreMoved] = "the store's file was moved away or replaced while it was written to",
            [ErrorCodes.StoreUnfinished] = "a copy into the store was not finished",
            [ErrorCodes.StoreNotEmpty] = "a copy would go where something is already",
            [ErrorCodes.StoreCopy] = "a copy is not equal to its original",
            [ErrorCodes.StoreForeign] = "the file is something else",
            [ErrorCodes.StoreNewer] = "the store was made by a newer release",
            [ErrorCodes.StoreCorrupt] = "the store is damaged",
            [ErrorCodes.StoreReadOnly] = "the store cannot be written",
            [ErrorCodes.StoreFull] = "the disk is full",
            [ErrorCodes.StoreBusy] = "others are writing the same at this moment",
            [ErrorCodes.StoreAccess] = "the server does not let this user in, or not do what is needed",
            [ErrorCodes.StoreUnreachable] = "the server cannot be reached, or the connection to it was lost",
            [ErrorCodes.StoreFailed] = "the store failed in another way",
            [ErrorCodes.FeedTaken] = "another process has carried the feed on meanwhile; nothing of the batch was taken",
            [ErrorCodes.FeedUnreachable] = "a feed's database cannot be reached, or ended the connection",
            [ErrorCodes.FeedBusy] = "another process reads a feed's slot, or an open transaction keeps it from being made",
            [ErrorCodes.FeedSetup] = "a feed's database, a table or a role is not set up for it, or a setting does not fit a table",
            [ErrorCodes.FeedLost] = "what came between is gone from the database's log",
            [ErrorCodes.BrokerUnreachable] = "a message broker cannot be reached, or ended the connection",
            [ErrorCodes.BrokerSetup] = "a message broker does not let the service in, or has no such queue",
            [ErrorCodes.QueueFull] = "the queue holds as many changes as it may; nothing of the batch was taken",
            [ErrorCodes.EventUnmapped] = "an event that a webhook brought cannot be mapped to a document; it is a dead letter",
            [ErrorCodes.QueueWorkerLost] = "a queued change took too many workers down; it is a dead letter",
            [ErrorCodes.IndexUnavailable] = "the external index cannot be reached",
            [ErrorCodes.IndexRefused] = "the external index does not do what it was asked",
            [ErrorCodes.IndexForeign] = "the external index is somebody else's, or of another embedding space",
            [ErrorCodes.IndexMissing] = "the external index is gone, or was made anew by somebody else",
            [ErrorCodes.SearchFilter] = "a filter names what no document has (a warning)",
            [ErrorCodes.SearchEmpty] = "the index has nothing, or may lack what is searched for (a warning)",
            [ErrorCodes.SearchIncomplete] = "more passes a filter than a search compares; nearer hits may be missing (a warning)",
            [ErrorCodes.IndexLeft] = "a warning: an external index is used no more and keeps what it held",
            [ErrorCodes.IndexLagging] = "the external index lacks entries that it must have before it may answer",
            [ErrorCodes.RunLocked] = "another run holds the namespace",
            [ErrorCodes.RunLost] = "a run's process ended before the run did; only in the history",
            [ErrorCodes.ClockWentBack] = "a warning: what was stored earlier lies ahead of the clock",
            [ErrorCodes.Cancelled] = "the call was cancelled before it had anything to report",
            [ErrorCodes.OutputFailed] = "standard output cannot be written",
            [ErrorCodes.Internal] = "a defect",
        };
}
