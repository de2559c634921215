using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Bench.Engine;

[GrainType(Document.Type)]
internal sealed class DocumentGrain(AggregateServices services) : AggregateGrain<Document, DocumentWritten>(services), IDocumentGrain
{
    private static readonly DocumentWritten Written = new("investigating", "mitigating", "a playbook was approved");

    public Task<CommandResult> WriteAsync(CancellationToken cancellationToken) => ExecuteAsync(static (_, _) => Written, cancellationToken);

    public Task<long> VersionAsync(CancellationToken cancellationToken) => ReadAsync(static (_, version) => version, cancellationToken);
}
