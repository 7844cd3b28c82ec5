using Chitti.Storage.Tests;

namespace Chitti.Cluster.Tests;

// The contract tests of storage on PostgreSQL, one line each.
[Collection(PostgresGroup.Name)]
public sealed class PostgresFileStoreTests(PostgresServer server) : FileStoreTests(() => PostgresTestStorage.OpenAsync(server));

[Collection(PostgresGroup.Name)]
public sealed class PostgresFileListTests(PostgresServer server) : FileListTests(() => PostgresTestStorage.OpenAsync(server));

[Collection(PostgresGroup.Name)]
public sealed class PostgresLeaseTests(PostgresServer server) : LeaseTests(() => PostgresTestStorage.OpenAsync(server));

[Collection(PostgresGroup.Name)]
public sealed class PostgresWorkLedgerTests(PostgresServer server) : WorkLedgerTests(() => PostgresTestStorage.OpenAsync(server));

[Collection(PostgresGroup.Name)]
public sealed class PostgresReportStoreTests(PostgresServer server) : ReportStoreTests(() => PostgresTestStorage.OpenAsync(server));

[Collection(PostgresGroup.Name)]
public sealed class PostgresIdempotencyStoreTests(PostgresServer server) : IdempotencyStoreTests(() => PostgresTestStorage.OpenAsync(server));

[Collection(PostgresGroup.Name)]
public sealed class PostgresProfileListTests(PostgresServer server) : ProfileListTests(() => PostgresTestStorage.OpenAsync(server));

[Collection(PostgresGroup.Name)]
public sealed class PostgresInspectionStoreTests(PostgresServer server) : InspectionStoreTests(() => PostgresTestStorage.OpenAsync(server));

[Collection(PostgresGroup.Name)]
public sealed class PostgresPairingTests(PostgresServer server) : PairingTests(() => PostgresTestStorage.MigrateAsync(server));
