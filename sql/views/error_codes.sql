create view private.error_codes with (security_invoker = true) as
select e.code, e.http_status, e.meaning
from (
  values
  ('OMS_MEMBERSHIP_NOT_ACTIVE', 403, 'The token''s membership is suspended or has ended.'),
  ('OMS_COUNT_NOT_ALLOWED', 400, 'Portal roles may count exactly only: estimates leak how much is hidden.'),
  ('OMS_NOT_FOUND', 404, 'No such row, or none that the caller may see.'),
  ('OMS_NOT_ALLOWED', 403, 'The caller''s role may not state this; the message names it.'),
  ('OMS_STALE_ROW_VERSION', 412, 'The row was changed since it was read; read it again.'),
  (
    'OMS_TRANSITION_NOT_ALLOWED',
    409,
    'The status cannot take this step, or not by this role; details.allowed lists the steps it can take.'
  ),
  ('OMS_IDEMPOTENCY_KEY_REUSED', 422, 'The Idempotency-Key was used for another request.'),
  ('OMS_ISOLATION_NOT_SUPPORTED', 409, 'The rules between rows hold at the isolation level read committed only.'),
  ('OMS_INVALID_ARGUMENT', 422, 'An argument is missing or malformed; the message names it.'),
  ('OMS_EVENT_TYPE_UNKNOWN', 422, 'There are no such events; details.unknown names them.'),
  ('OMS_WEBHOOK_DISABLED', 409, 'The endpoint is disabled and is sent nothing.'),
  ('OMS_NO_SECRETS_KEY', 409, 'A secret cannot be kept yet: the operator has to run `oms secrets init`.'),
  ('OMS_ALREADY_EXISTS', 409, 'Another row has this key already; the message names both.'),
  ('OMS_WHOLE_PIECES', 422, 'Garments are counted in whole pieces.'),
  ('OMS_QUANTITY_NOT_IN_UNIT', 422, 'The quantity is not above zero, or has more decimals than its unit.'),
  ('OMS_STOCK_INSUFFICIENT', 409, 'More would leave the place than lies there.'),
  ('OMS_STOCK_RESERVED', 409, 'More would be taken or promised than is free of reservations; details say what is.'),
  ('OMS_ISSUE_EXCEEDS_RESERVED', 409, 'More would be issued of a component than is reserved for the order there.'),
  ('OMS_STOCK_LOT_REQUIRED', 422, 'A variant that is tracked by lot or serial moves by lot, another one without.'),
  ('OMS_STOCK_SERIAL_TWICE', 409, 'The piece with this serial number is on hand already.'),
  ('OMS_STOCK_EXISTS', 409, 'The variant has stock moves; how it is tracked cannot change any more.'),
  ('OMS_BOM_CIRCLE', 409, 'Something would go into itself, at some depth.'),
  ('OMS_BOM_EMPTY', 422, 'A bill of materials without components does not come into force.'),
  ('OMS_BOM_FROZEN', 409, 'The version was in force; revise it and change the next one.'),
  ('OMS_BOM_IN_FORCE', 409, 'Another version of the bill of materials comes into force on the same day.'),
  ('OMS_BOM_MISSING', 409, 'Nothing says how it is made: no bill of materials is in force, or not the one named.'),
  ('OMS_PLAN_NOT_FIRM', 409, 'What is planned so cannot be made: it is bought, or nothing says how it is made.'),
  ('OMS_PRODUCTION_CLOSED', 409, 'The production order is completed or cancelled; it does not change any more.'),
  ('OMS_PRODUCTION_ISSUED', 409, 'More was issued to the production order than it would need; bring it back first.'),
  ('OMS_PRODUCTION_BELOW_OUTPUT', 409, 'More was made already than the production order would be for.'),
  ('OMS_PRODUCTION_NOT_RELEASED', 409, 'Work is reported on a production order that is released or in progress.'),
  ('OMS_RETURN_EXCEEDS_ISSUED', 409, 'More of a component would be brought back than was issued.'),
  ('OMS_OUTPUT_EXCEEDS_QUANTITY', 409, 'More would be made than the production order is for, and its tolerance.'),
  ('OMS_OPERATION_OUT_OF_ORDER', 409, 'An operation is started once the one before it is finished.'),
  ('OMS_PRODUCT_FROM_STYLE', 409, 'What a style''s product is called follows from the style; change the style.'),

  ('OMS_NOT_A_VENDOR', 422, 'The company is not a vendor in the directory.'),
  ('OMS_UNIT_CONVERSION_MISSING', 422, 'How many of one unit another one is stands nowhere in unit_conversions.'),
  ('OMS_EXCHANGE_RATE_MISSING', 409, 'exchange_rates has no rate that holds today for a currency.'),
  ('OMS_PURCHASE_PRICE_MISSING', 422, 'The vendor offers no price in this unit and currency; give one.'),
  ('OMS_BELOW_VENDOR_MINIMUM', 422, 'The vendor sells no such quantity at the price of its offer.'),
  ('OMS_PURCHASE_ORDER_FROZEN', 409, 'What a purchase order asks for changes only while it is a draft.'),
  ('OMS_PURCHASE_ORDER_EMPTY', 409, 'A purchase order without lines is not submitted.'),
  ('OMS_PURCHASE_ORDER_NOT_OPEN', 409, 'The purchase order was not sent yet, or is closed or cancelled.'),
  ('OMS_PURCHASE_ORDER_HAS_RECEIPTS', 409, 'Goods of the purchase order are in stock; close it instead.'),
  ('OMS_VENDOR_NOT_APPROVED', 409, 'Only an approved vendor is sent purchase orders.'),
  ('OMS_NOT_THE_APPROVER', 403, 'An order of this amount is decided on by another role; the message names it.'),
  ('OMS_SELF_APPROVAL', 403, 'Nobody decides on a purchase order that he made or submitted.'),
  ('OMS_RECEIPT_EXCEEDS_ORDERED', 409, 'More would go into stock than was ordered and its tolerance.'),
  ('OMS_CANCELLED_QUANTITY_OUT_OF_RANGE', 409, 'No more of a purchase order line can be cancelled than has not come.'),

  ('OMS_NOT_A_CLIENT', 422, 'The company is not a client in the directory.'),
  ('OMS_NOT_A_FACTORY', 422, 'The company is not a factory in the directory.'),
  ('OMS_FACTORY_NOT_APPROVED', 409, 'Only an approved factory is awarded work.'),

  ('OMS_ORDER_NOT_OPEN', 409, 'The order is not in a state in which the caller may change it.'),
  ('OMS_ORDER_NOT_ACCEPTED', 409, 'Only lines of an accepted sales order are allocated or supplied in house.'),
  ('OMS_LINE_CANCELLED', 409, 'The order line is cancelled; nothing about it changes any more.'),
  ('OMS_LINE_COMMITTED', 409, 'The line is committed to factories; what it asks for cannot change.'),
  ('OMS_LINE_ALLOCATED', 409, 'Factories have pieces of the line; it cannot be supplied in house besides.'),
  ('OMS_LINE_SUPPLIED_IN_HOUSE', 409, 'The line is supplied in house; it is not allocated, and keeps its colour.'),
  ('OMS_LINE_NOT_IN_HOUSE', 409, 'Nothing is made for a line that is not supplied in house.'),
  ('OMS_LINE_IN_PRODUCTION', 409, 'Production orders were made for the line; it stays, and stays in house.'),
  ('OMS_LINE_WITHOUT_SKU', 409, 'The line asks for a size that has no SKU; nothing of it can be made or kept.'),
  ('OMS_BOM_NOT_FOR_LINE', 422, 'The bill of materials makes something else, or has no version in force or coming.'),
  ('OMS_LINE_HAS_RECEIPTS', 409, 'Goods of the line were accepted; it can be short-closed, not cancelled.'),
  ('OMS_QUANTITY_FROM_SIZES', 422, 'The quantity of a line with sizes is their sum; change the sizes.'),
  ('OMS_QUANTITY_BELOW_COMMITMENT', 409, 'A line''s quantity cannot fall below what is committed of it.'),
  (
    'OMS_SHORT_CLOSE_NOT_ALLOWED',
    409,
    'Only what no standing slice covers can be waived, and only while a slice stands.'
  ),

  ('OMS_COMMITMENT_EXCEEDS_QUANTITY', 409, 'More would be committed of the line than it asks for.'),
  ('OMS_COMMITTED_BELOW_AWARDED', 409, 'The committed quantity cannot fall below what is awarded of it.'),
  ('OMS_ALLOCATION_ITEM_CLOSED', 409, 'The allocation item is closed.'),
  (
    'OMS_SPLIT_NOT_ALLOWED',
    409,
    'The source of a split must be an open allocation item of the same line with enough left.'
  ),
  ('OMS_ALREADY_SENT', 409, 'The allocation or invitation was sent; it cannot be unsent.'),
  ('OMS_NOT_SENT', 409, 'The allocation was not sent.'),
  ('OMS_NOT_INVITED', 409, 'The factory was not invited for this slice.'),
  ('OMS_CANDIDATE_EXISTS', 409, 'The factory is an open candidate of this allocation item already.'),
  ('OMS_SLICE_CLOSED', 409, 'The slice is closed.'),
  ('OMS_QUOTE_INCOMPLETE', 422, 'A quote needs a price and a currency.'),
  ('OMS_QUOTE_FROZEN', 409, 'What is awarded cannot be quoted again, declined, withdrawn or priced anew.'),

  ('OMS_NOT_QUOTED', 409, 'An award needs a quote, or a price with a remark of kind price_override.'),
  ('OMS_OVERRIDE_NEEDS_REMARK', 422, 'Another price than quoted needs a remark of kind price_override.'),
  ('OMS_AWARD_EXCEEDS_CAPACITY', 409, 'More would be awarded than the factory can make.'),
  ('OMS_AWARD_EXCEEDS_COMMITTED', 409, 'More would be awarded of the allocation item than is committed.'),
  ('OMS_PERCENTAGES_NOT_100', 422, 'The percentages of an allocation item must add up to exactly 100.'),
  (
    'OMS_FACTORY_OVER_CAPACITY',
    409,
    'More work would be due from the factory in a month than its capacity; the organization refuses that.'
  ),
  (
    'OMS_BELOW_FACTORY_MINIMUM',
    409,
    'The order falls below what the factory takes; the organization refuses to issue it.'
  ),
  ('OMS_NOT_AWARDED', 409, 'The slice is not awarded.'),
  ('OMS_AWARD_HAS_RECEIPTS', 409, 'An award with receipts cannot be revoked; close the slice.'),
  (
    'OMS_SLICE_UNDER_CONTRACT',
    409,
    'A contract holds the slice''s quantity, price and award; close the slice, or cancel the contract.'
  ),
  (
    'OMS_CLOSE_QUANTITY_OUT_OF_RANGE',
    409,
    'A slice is closed at no less than was accepted and no more than was awarded or closed before.'
  ),
  ('OMS_SHIPPED_OUT_OF_RANGE', 409, 'The shipped quantity cannot exceed the effective quantity and its tolerance.'),

  ('OMS_CONTRACT_EXISTS', 409, 'The allocation, factory and currency have a contract already.'),
  ('OMS_CONTRACT_EMPTY', 409, 'A contract needs at least one awarded slice.'),
  ('OMS_CONTRACT_FROZEN', 409, 'An issued contract''s terms and a signature do not change.'),
  ('OMS_CONTRACT_MISMATCH', 422, 'The slice does not belong to this contract''s allocation, factory and currency.'),
  ('OMS_CONTRACT_NOT_IN_FORCE', 409, 'The contract is not signed.'),
  ('OMS_CONTRACT_HAS_RECEIPTS', 409, 'Goods of the contract were accepted; close its slices instead.'),
  ('OMS_CONTRACT_HAS_PAYMENTS', 409, 'Money is out on the contract; record the refund first.'),
  (
    'OMS_TERMS_FROM_AWARD',
    409,
    'Quantity and price of a slice that no contract in force holds are those of its award.'
  ),
  ('OMS_REVISION_INCOMPLETE', 409, 'The next version of a contract carries every slice that stands.'),
  (
    'OMS_REVISION_QUANTITY_RAISED',
    409,
    'The next version of a contract can lower a line''s quantity; more is awarded besides.'
  ),
  ('OMS_REVISION_BELOW_ACCEPTED', 409, 'A contract cannot be for less than was accepted.'),
  ('OMS_REVISION_BELOW_PAID', 409, 'A contract cannot make less payable than was paid.'),
  ('OMS_NOTHING_TO_REALLOCATE', 409, 'The slice gives up no pieces.'),
  ('OMS_COUNTERSIGNATURE_NEEDS_DOCUMENT', 422, 'A countersignature that staff record needs the signed document.'),
  ('OMS_TERMS_CHANGED', 409, 'The terms are not those that the signer saw; read the contract again.'),

  ('OMS_RECEIPT_EXCEEDS_TOLERANCE', 409, 'More would be accepted than the effective quantity and its tolerance.'),
  ('OMS_ALREADY_VOIDED', 409, 'The document is voided; it does not change any more.'),
  ('OMS_EXCESS_OUT_OF_RANGE', 409, 'No more excess can be accepted than came in, and no less than was paid.'),
  ('OMS_PAYMENT_EXCEEDS_PAYABLE', 409, 'More would be paid for the slice than is payable.'),
  ('OMS_REFUND_EXCEEDS_PAID', 409, 'More would be refunded for the slice than was paid.'),
  ('OMS_REFERENCE_EXISTS', 409, 'The factory has a payment with this reference already.'),

  ('OMS_INVOICE_NUMBER_EXISTS', 409, 'The factory has an invoice with this number that is not voided.'),
  ('OMS_INVOICE_NOT_OPEN', 409, 'Lines are added to an invoice only until it is approved, disputed or voided.'),
  ('OMS_INVOICE_EMPTY', 409, 'An invoice without lines is not approved.'),
  (
    'OMS_INVOICE_OUT_OF_TOLERANCE',
    409,
    'The invoice does not match contract and receipts; details.lines name the differences.'
  ),
  ('OMS_INVOICE_CREDITED', 409, 'An approved credit note stands on the invoice; void that first.'),
  ('OMS_INVOICE_PAID', 409, 'The organization pays by invoice, and payments rest on this one.'),
  ('OMS_PAYMENT_NOT_APPROVED', 409, 'More would be paid for the slice than its invoices are approved for.'),

  ('OMS_EMAIL_WAITS', 409, 'The mail is about to be sent already.'),
  ('OMS_EMAIL_SWEPT', 409, 'What the mail says is deleted, since it is old.'),
  ('OMS_EMAIL_NOT_QUEUED', 409, 'Only a mail that is queued can be cancelled.'),

  ('OMS_TIMELINE_BRANCH', 409, 'A root or a split stands and falls with its line or slice; nobody writes it.'),
  ('OMS_TIMELINE_DATE_DERIVED', 409, 'The milestone is done when its fact is recorded; its actual date follows.'),
  ('OMS_TIMELINE_CIRCLE', 409, 'A milestone would wait for itself.'),
  (
    'OMS_TIMELINE_DEPENDENCY_NOT_ALLOWED',
    422,
    'A milestone waits for those of its own line, that of a slice for those of its own slice or of the line.'
  )
) as e (code, http_status, meaning);

comment on view private.error_codes is
  'Every refusal of a business rule. `code` arrives in the response''s `hint` and never changes its meaning; a sentence for people is in `message`, facts for programs in `details`.';
