namespace Tidemark.Server.Problems;

/// <summary>Remedies for whoever has an address and no shell: what names a command elsewhere names a request here. Pure.</summary>
internal static class ServiceRemedy
{
    public static string Of(TidemarkException failure) => failure.Code switch
    {
        ErrorCodes.DocumentMissing when failure.Remedy.StartsWith("did you mean", StringComparison.Ordinal) => failure.Remedy,
        ErrorCodes.DocumentMissing => "GET documents lists the ids that there are; GET history?document=ID says what became of one that is gone",
        ErrorCodes.NamespaceMissing =>
            "put a document (PUT documents/ID), or have a source synced (POST sync); GET namespaces lists what there is",
        ErrorCodes.RunMissing => "GET runs lists the runs there are",
        ErrorCodes.RunLocked => "another run is at work on the namespace: send the request again, or let it wait with 'Prefer: wait=30'",
        ErrorCodes.StoreBusy => "others are writing at this moment: send the request again",
        ErrorCodes.QueueFull => "send the rest again in a while; GET queue says how many changes wait",
        ErrorCodes.HoldHeld => "GET holds lists the holds; DELETE holds releases one",
        ErrorCodes.ArchiveMissing => "GET archive lists what can be brought back",
        ErrorCodes.MigrationMissing => "POST migration/start begins one",
        ErrorCodes.MigrationRunning => "GET migration says how it stands; POST migration/finish or migration/cancel ends it",
        ErrorCodes.MigrationBlocked => "POST migration/validate says why; an undecided gate is taken with {\"accept\":true}",
        ErrorCodes.VersionConflict when failure is not Tidemark.Documents.ConflictException => "GET the document, decide anew, and send what is newer",
        ErrorCodes.Internal => "this is a defect of Tidemark: tell whoever runs it, with the id of the request",
        _ => ServiceWords.Of(failure.Remedy),
    };
}
