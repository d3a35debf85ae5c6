using Shouldly;
using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.Tests.Syncing;

public sealed class ExpectationCheckTests
{
    private static readonly DocumentRecord Live = new()
    {
        Glance = new DocumentGlance { Key = new DocumentKey(1), State = DocumentState.Live, Sequence = 9 },
        Id = "a",
        SourceId = "a",
        Version = new DocumentVersion(3, null),
    };

    private static readonly DocumentRecord Gone = Live with { Glance = Live.Glance with { State = DocumentState.Tombstoned } };

    [Fact]
    public void What_is_as_expected_passes()
    {
        Should.NotThrow(() => ExpectationCheck.Require("a", DocumentExpectation.IsAbsent, null));
        Should.NotThrow(() => ExpectationCheck.Require("a", DocumentExpectation.IsAbsent, Gone));
        Should.NotThrow(() => ExpectationCheck.Require("a", DocumentExpectation.HasVersion(3), Live));
        Should.NotThrow(() => ExpectationCheck.Require("a", DocumentExpectation.IsAt(9), Live));
    }

    [Fact]
    public void What_is_not_is_said_with_what_is_there()
    {
        Refused(DocumentExpectation.IsAbsent, Live).ShouldBe((true, new DocumentVersion(3, null), 9));
        Refused(DocumentExpectation.HasVersion(4), Live).ShouldBe((true, new DocumentVersion(3, null), 9));
        Refused(DocumentExpectation.IsAt(8), Live).ShouldBe((true, new DocumentVersion(3, null), 9));
        Refused(DocumentExpectation.HasVersion(3), Gone).ShouldBe((false, new DocumentVersion(3, null), 9));
        Refused(DocumentExpectation.IsAt(9), Gone).ShouldBe((false, new DocumentVersion(3, null), 9));
        Refused(DocumentExpectation.IsAt(0), null).ShouldBe((false, DocumentVersion.None, 0));
        Refused(DocumentExpectation.HasVersion(DocumentVersion.None), null).ShouldBe((false, DocumentVersion.None, 0));
    }

    private static (bool IsThere, DocumentVersion Version, long Sequence) Refused(DocumentExpectation expected, DocumentRecord? stored)
    {
        var error = Should.Throw<ConflictException>(() => ExpectationCheck.Require("a", expected, stored));
        return (error.IsThere, error.ActualVersion, error.ActualSequence);
    }
}
